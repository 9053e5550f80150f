import Domain

/// How the values of a row usually look.
enum RowShape {
    /// What looks odd about a row's values.
    static func warnings(owner: String, accountID: String, _ credential: Credential) -> [RowWarning] {
        let isUsual = (isUUID(owner), isAccountID(accountID), isToken(credential))
        if isUsual.0, isUsual.1, isUsual.2 { return [] }
        return (isUsual.2 ? [] : [RowWarning.accessTokenShape]) + (isUsual.1 ? [] : [.accountIDShape])
            + (isUsual.0 ? [] : [.ownerIDShape])
    }

    private static func isUUID(_ text: String) -> Bool {
        let bytes = text.utf8.span
        return bytes.count == 36 && bytes.isUUID(at: 0)
    }

    private static func isAccountID(_ text: String) -> Bool {
        let bytes = text.utf8.span
        guard bytes.count == 37 else { return false }
        // The last word overlaps the one before it.
        return [0, 8, 16, 24, 29].allSatisfy { at in
            let word = bytes.word(at: at)
            return word.digits | word.letters(upTo: UInt8(ascii: "z")) == ByteWord.highBits
        }
    }

    /// A public token is Plaid's to judge: it is used at once.
    private static func isToken(_ credential: Credential) -> Bool {
        guard case .accessToken(let secret) = credential else { return true }
        let text = secret.exposed
        let bytes = text.utf8.span
        for head in TokenShape.accessHeads where bytes.has(head, at: 0, before: bytes.count) {
            let start = head.utf8CodeUnitCount
            return bytes.count == start + 36 && bytes.isUUID(at: start)
        }
        return false
    }
}
