import FoundationEssentials

extension Link {
    /// The nine members of the 201; a business's link names the business instead of a customer.
    func createdBody() -> JSON {
        let date = CivilTime(created)
        let updated = CivilTime(created.addingTimeInterval(0.000_007))
        return [
            "account_id": .string(id), "linked_account_id": .string(id), ownerKey: .string(owner), "type": "external",
            "link_type": "plaid", "status": .optional(status), "verification_status": .optional(verificationStatus),
            "date_created": .string(date.created), "date_updated": .string(updated.created),
        ]
    }

    /// An element of the list, whose dates have another form and which shows a secret.
    func listedBody(isFull: Bool, withMask: Bool = false) -> JSON {
        let updated = CivilTime((removed ?? created).addingTimeInterval(0.000_007), offsetHours: -8)
        var members: [String: JSON] = [
            "linked_account_id": .string(id), ownerKey: .string(owner), "card_id": nil, "status": .optional(status),
            "verification_status": .optional(verificationStatus), "bank_name": "First Platypus Bank",
            "account_type": "checking", "account_category": "depository",
            "plaid_access_token": .string(SimulatorConfiguration.listedAccessToken),
            "date_created": .string(CivilTime(created, offsetHours: -8).listed),
            "date_updated": .string(updated.listed),
        ]
        // One mask for one account, however often it is linked.
        if withMask { members["mask"] = .string(String(accountID.suffix(4))) }
        if isFull {
            members["account_number"] = .string(SimulatorConfiguration.listedAccountNumber)
            members["routing_number"] = 110_000_000
        }
        return .object(members)
    }

    /// The answer to a DELETE: `account_id` is the card's account where the path named one.
    func removedBody(cardAccount: String?) -> JSON {
        [
            "account_id": .string(cardAccount ?? id), "linked_account_id": .string(id),
            "customer_id": isBusiness ? nil : .string(owner), "business_id": isBusiness ? .string(owner) : nil,
            "type": "external", "link_type": "plaid", "status": .optional(status),
            "verification_status": .optional(verificationStatus), "bank_name": "First Platypus Bank",
            "date_created": .string(CivilTime(created).created),
            "deleted_at": .optional(removed.map { CivilTime($0).created }),
        ]
    }

    private var ownerKey: String { isBusiness ? "business_id" : "customer_id" }
}
