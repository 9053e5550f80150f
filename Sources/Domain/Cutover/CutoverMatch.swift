/// Whether an old link is of an account that a new link of the same customer has; the raw value is the plan's.
package enum CutoverMatch: String, Sendable, Hashable, CaseIterable {
    /// One new link has the same bank and the same last digits, and is younger.
    case same
    /// No new link has this bank and these digits: removed, the account is lost.
    case different
    /// It was made after the new link: it may be the live application's, and not an old one.
    case newer
    /// Bond's list does not tell.
    case unknown
}

/// Compares an old link with the new ones of its customer; a pure function.
struct CutoverComparison {
    let match: CutoverMatch
    /// One sentence for a person.
    let reason: String
    /// The new link that takes the old one's place, where there is one that may.
    let new: CutoverLink?

    /// Compares.
    ///
    /// - Parameters:
    ///   - old: As Bond lists it.
    ///   - new: The customer's new links that are usable now, at least one.
    init(_ old: BondAccount, with new: [CutoverLink]) {
        let alike = new.filter { Self.isAlike(old, $0.account) != false }
        let certain = alike.filter { Self.isAlike(old, $0.account) == true }
        if let only = certain.first, certain.count == 1 {
            self.init(old, by: only)
        } else if certain.count > 1 {
            self.init(match: .unknown, reason: "\(certain.count) new links have this bank and these digits", new: nil)
        } else if let only = alike.first, new.count == 1 {
            self.init(match: .unknown, reason: "bank or last digits are not in Bond's list", new: only)
        } else if alike.isEmpty {
            self.init(match: .different, reason: "no new link has this bank and these digits", new: nil)
        } else {
            let reason = "bank or last digits are not in Bond's list, and there are \(new.count) new links"
            self.init(match: .unknown, reason: reason, new: nil)
        }
    }

    private init(match: CutoverMatch, reason: String, new: CutoverLink?) {
        (self.match, self.reason, self.new) = (match, reason, new)
    }

    /// Bank and digits are the same: the dates say which of the two is the old one.
    private init(_ old: BondAccount, by new: CutoverLink) {
        guard let then = old.dateCreated.flatMap(LenientDate.parse),
            let now = new.account.dateCreated.flatMap(LenientDate.parse)
        else {
            self.init(
                match: .unknown,
                reason: "same bank and digits, but when one of the two was made cannot be read",
                new: new
            )
            return
        }
        let isOlder = then < now
        let reason = isOlder ? "same bank and last digits" : "same bank and digits, but not made before the new link"
        self.init(match: isOlder ? .same : .newer, reason: reason, new: new)
    }

    /// Whether both are of one bank account, as far as the list tells; nothing where it does not.
    private static func isAlike(_ old: BondAccount, _ new: BondAccount) -> Bool? {
        let pairs = [(old.bankName, new.bankName), (old.mask, new.mask)]
        let same = pairs.map { old, new -> Bool? in
            guard let old = word(old), let new = word(new) else { return nil }
            return old == new
        }
        if same.contains(false) { return false }
        if let old = word(old.accountType), let new = word(new.accountType), old != new { return false }
        return same.contains(nil) ? nil : true
    }

    private static func word(_ text: String?) -> String? {
        guard let text else { return nil }
        let word = text.lowercased().filter { !$0.isWhitespace }
        return word.isEmpty ? nil : word
    }
}
