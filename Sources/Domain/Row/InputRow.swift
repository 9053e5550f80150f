/// One valid line of input.
package struct InputRow: Sendable, Equatable {
    /// Whose account is to be linked, and which one.
    package let identity: Identity
    /// What reaches the account at Plaid.
    package let credential: Credential
    /// The user's own id for the row, if there is one.
    package let reference: String?
    /// Where the row stands.
    package let position: InputPosition
    /// What looks odd about it, as sentences; never a reason to refuse it.
    package let warnings: [RowWarning]

    package init(
        identity: Identity,
        credential: Credential,
        reference: String?,
        position: InputPosition,
        warnings: [RowWarning] = []
    ) {
        self.identity = identity
        self.credential = credential
        self.reference = reference
        self.position = position
        self.warnings = warnings
    }
}

/// A row's place in the input: file and line, both as a person would name them.
package struct InputPosition: Sendable, Hashable {
    /// The path as it was given, or `-` for standard input.
    package let file: String
    /// The line the record starts on, from 1.
    package let line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }
}

/// Something odd about a valid row: the shape of a token or an id.
package enum RowWarning: String, Sendable, Hashable, CaseIterable {
    case accessTokenShape = "access_token_shape"
    case accountIDShape = "account_id_shape"
    case ownerIDShape = "owner_id_shape"

    /// One sentence for a person.
    package var sentence: String {
        switch self {
        case .accessTokenShape: "the access token does not look like access-ENVIRONMENT-UUID"
        case .accountIDShape: "the account id is not 37 letters and digits, as Plaid's usually are"
        case .ownerIDShape: "the owner id is not a UUID, as Bond's are"
        }
    }
}
