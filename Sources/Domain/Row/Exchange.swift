/// A public token's exchange for an access token, as the ledger knows it.
package struct Exchange: Sendable, Equatable {
    /// The access token; nothing before it came, and where it cannot be opened.
    package var accessToken: Secret?
    /// Whether one is there that the present key does not open, or that was given out and forgotten.
    package var isOutOfReach = false
    /// When Plaid was asked and may have made an access token, with no answer on record.
    package var openSince: Timestamp?

    package init(accessToken: Secret? = nil, isOutOfReach: Bool = false, openSince: Timestamp? = nil) {
        self.accessToken = accessToken
        self.isOutOfReach = isOutOfReach
        self.openSince = openSince
    }
}

/// What an exchange gives, and gives once.
package struct ExchangedToken: Sendable {
    package let accessToken: Secret
    package let itemID: String

    package init(accessToken: Secret, itemID: String) {
        self.accessToken = accessToken
        self.itemID = itemID
    }
}

extension Failure {
    /// The code of ``accessTokenLost(askedAt:)``.
    package static let accessTokenLostCode = "access_token_lost"

    /// Plaid made an access token and nobody has it: the answer that carried it never arrived.
    package static func accessTokenLost(askedAt: Timestamp) -> Failure {
        Failure(
            source: .plaid,
            type: "INVALID_INPUT",
            code: accessTokenLostCode,
            message:
                "Plaid was asked to exchange the public token at \(askedAt) and its answer never arrived; now it says "
                + "that the public token is spent"
        )
    }

    /// An access token is sealed in the ledger and cannot be opened.
    package static let accessTokenOutOfReach = Failure(
        source: .input,
        code: "access_token_out_of_reach",
        message:
            "the public token was exchanged before, and its access token was given out and forgotten, or is sealed "
            + "with another key"
    )
}
