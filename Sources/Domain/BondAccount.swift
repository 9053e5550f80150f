/// An external account as Bond describes it; texts are kept as they came, enum values included.
package struct BondAccount: Sendable, Equatable {
    /// The id transfers use, and the one to keep.
    package let linkedAccountID: String
    /// Bond's `account_id`, equal to the above in the published sample.
    package let accountID: String?
    /// `active`, `removed`, something newer, or null right after creation.
    package let status: String?
    /// `instantly_verified`, something newer, or null.
    package let verificationStatus: String?
    /// `date_created` as it came.
    package let dateCreated: String?
    /// `date_updated` as it came.
    package let dateUpdated: String?
    /// The bank's name, where the list tells it.
    package let bankName: String?
    /// The last digits of the account's number, where the list tells them; never the number.
    package let mask: String?
    /// `checking`, `savings` or something newer.
    package let accountType: String?
    /// The card account that the link is attached to, where there is one.
    package let cardID: String?
    /// Whom Bond says that it belongs to; none where it does not say.
    package let owners: [Owner]

    package init(
        linkedAccountID: String,
        accountID: String? = nil,
        status: String? = nil,
        verificationStatus: String? = nil,
        dateCreated: String? = nil,
        dateUpdated: String? = nil,
        bankName: String? = nil,
        mask: String? = nil,
        accountType: String? = nil,
        cardID: String? = nil,
        owners: [Owner] = []
    ) {
        self.linkedAccountID = linkedAccountID
        self.accountID = accountID
        self.status = status
        self.verificationStatus = verificationStatus
        self.dateCreated = dateCreated
        self.dateUpdated = dateUpdated
        self.bankName = bankName
        self.mask = mask
        self.accountType = accountType
        self.cardID = cardID
        self.owners = owners
    }

    /// Whether Bond says outright that the link is gone.
    package var isRemoved: Bool {
        ["removed", "closed", "deleted"].contains(status?.lowercased())
    }

    /// Whether money can move over it: active, and verified in one of the known ways.
    package var isUsable: Bool {
        status == "active" && Self.verified.contains(verificationStatus ?? "")
    }

    private static let verified: Set<String> = [
        "instantly_verified", "automatically_verified", "manually_verified", "verified",
    ]
}
