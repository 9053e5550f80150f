package import Domain

/// What the scripted Bond does with one POST.
package enum BondScript: Sendable {
    /// Makes the link and says so.
    case link
    /// Refuses and does nothing.
    case refuse(status: Int, code: String? = nil, message: String? = nil, retryAfter: Duration? = nil)
    /// Gives no whole answer; `made` says whether the link was made.
    case lost(made: Bool)
    /// Makes the link and answers with an error all the same.
    case failAfterLinking(status: Int, code: String? = nil)
    /// Says 2xx without what it must carry; `made` says whether the link was made.
    case unusable(made: Bool)
    /// The connection is never made.
    case neverSent
    /// Answers with the id of a link that is there already.
    case answerWith(link: String)

    package static let notEnabled = refuse(status: 422, message: "enable the integration")
    package static let badKeys = refuse(status: 401, message: "no")
    package static let identity = refuse(
        status: 400,
        code: "account_post_schema",
        message: "Failed to exchange token due to identity failure, accounts were not linked."
    )
    package static let badRow = refuse(status: 400, code: "input_error", message: "bad row")
    package static let unknownOwner = refuse(status: 404, code: "customer_dne", message: "no such customer")
    package static let tokenRefused = refuse(status: 400, code: "token_exchange_post_schema", message: "bad token")
    package static let rateLimit = refuse(status: 429)
    package static let unknown = refuse(status: 418, code: "teapot")
}

/// What the scripted Bond answers to one listing.
package enum ListScript: Sendable {
    /// The owner's links, as far as they show.
    case links
    case refuse(status: Int, code: String? = nil, retryAfter: Duration? = nil)
    case lost
    case unusable
}

/// A link in the scripted Bond's world.
package struct MadeLink: Sendable, Equatable {
    package let id: String
    package let owner: Owner
    /// The Plaid account; nothing for a link that somebody else made.
    package let account: String?
    /// On Bond's clock.
    package var created: Timestamp
    /// On Bond's clock; the list does not show it before.
    package var visibleFrom: Timestamp
    package var isHidden = false
    package var isRemoved = false
    /// What the list says in place of the date.
    package var dateText: String?
    package var status = "active"
    package var verification = "instantly_verified"
    package var bankName: String?
    package var mask: String?
    /// Bond's `account_id`, where it is another than the link's.
    package var accountID: String?
    /// Whom the list names.
    package var owners: [Owner] = []

    package init(
        id: String,
        owner: Owner,
        account: String?,
        created: Timestamp,
        visibleFrom: Timestamp? = nil,
        isHidden: Bool = false,
        isRemoved: Bool = false,
        dateText: String? = nil
    ) {
        self.id = id
        self.owner = owner
        self.account = account
        self.created = created
        self.visibleFrom = visibleFrom ?? created
        self.isHidden = isHidden
        self.isRemoved = isRemoved
        self.dateText = dateText
    }

    /// The link as Bond describes it.
    package var described: BondAccount {
        BondAccount(
            linkedAccountID: id,
            accountID: accountID ?? id,
            status: isRemoved ? "removed" : status,
            verificationStatus: verification,
            dateCreated: dateText ?? created.description,
            dateUpdated: dateText ?? created.description,
            bankName: bankName,
            mask: mask,
            owners: owners
        )
    }
}
