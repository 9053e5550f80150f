/// What a page for Plaid Link asks of whoever keeps invitations and links accounts.
package protocol LinkDesk: Sendable {
    /// How the invitation behind an address stands; nothing where there is none such.
    ///
    /// - Parameter address: The unguessable part of the page's address.
    /// - Returns: How it stands.
    func standing(at address: Secret) async -> LinkStanding?

    /// Has a link token made, for the customer has asked for Link to be opened.
    func open(at address: Secret) async -> LinkOpening

    /// The link token of the session that a bank's own page leads back to; nothing where there is none that works.
    func resume(at address: Secret) async -> Secret?

    /// Takes over from a page on which Link succeeded; what happens then goes on without it.
    func succeeded(at address: Secret, with success: LinkSuccess) async

    /// Takes note that the customer left Link, maybe after one of Plaid's errors.
    func left(at address: Secret, errorCode: String?) async

    /// Takes note that Plaid says that a session is over, whose it ever was; what became of it only Plaid's answer tells.
    func sessionFinished(linkToken: Secret) async
}

/// How an invitation stands, as far as its customer is concerned.
package enum LinkStanding: Sendable, Equatable {
    /// Link can be opened, to repair a connection or to make one.
    case ready(LinkMode)
    /// Link succeeded, and the rest is being done.
    case working
    /// The account is linked, or the connection repaired.
    case done
    /// It came to nothing; the customer may try again.
    case failed(LinkTrouble)
    /// It came to nothing, and trying again is of no use: the brand has to look.
    case closed(LinkTrouble)
}

/// Why a customer's account is not linked, in the kinds that a customer can be told of.
package enum LinkTrouble: String, Sendable, Hashable, CaseIterable {
    /// The connection still does not work.
    case notRepaired = "not_repaired"
    /// The customer's details at the bank are others than the brand's.
    case identityMismatch = "identity_mismatch"
    /// The bank or a service is away for now.
    case unavailable
    /// Whether the account is linked is not known yet; somebody looks.
    case unsettled
    /// Anything else.
    case refused
}

/// What opening Link came to.
package enum LinkOpening: Sendable {
    case token(Secret)
    /// Not now: too many tries, or a service is away.
    case later(after: Duration)
    /// Never: the invitation is done, closed, or gone.
    case over
}

/// What a page knows when Link has succeeded.
package struct LinkSuccess: Sendable {
    /// What is exchanged for an access token; of no use in update mode.
    package let publicToken: Secret
    /// Plaid's ids of the accounts that the customer chose.
    package let accountIDs: [String]

    package init(publicToken: Secret, accountIDs: [String]) {
        self.publicToken = publicToken
        self.accountIDs = accountIDs
    }
}
