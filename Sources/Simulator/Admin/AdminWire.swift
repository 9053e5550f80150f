import FoundationEssentials

extension WorldCounts {
    var json: JSON {
        [
            "calls": .object(Dictionary(calls.map { ($0.key.rawValue, $0.value.json) }) { first, _ in first }),
            "tokens_minted": .int(tokensMinted), "tokens_repeated": .int(tokensRepeated),
            "links_created": .int(linksCreated), "links_active": .int(linksActive),
            "double_links": .int(doubleLinks), "orphan_tokens": .int(orphanTokens),
        ]
    }
}

extension Tally {
    fileprivate var json: JSON {
        [
            "total": .int(total), "accepted": .int(accepted), "rate_limited": .int(rateLimited),
            "by_status": .object(Dictionary(byStatus.map { (String($0.key), .int($0.value)) }) { first, _ in first }),
            "max_calls_in_60s": .int(maxCallsIn60s), "max_accepted_in_60s": .int(maxAcceptedIn60s),
        ]
    }
}

extension Link {
    /// The link without any token.
    var adminJSON: JSON {
        [
            "linked_account_id": .string(id), isBusiness ? "business_id" : "customer_id": .string(owner),
            "account_id": .string(accountID), "status": .optional(status),
            "date_created": .string(CivilTime(created).created),
        ]
    }
}

extension CallRecord {
    var json: JSON {
        [
            "number": .int(number), "api": .string(api.rawValue), "operation": .optional(operation?.rawValue),
            "method": .string(method), "path": .string(path), "time": .string(CivilTime(time).created),
            "status": .int(status), "rate_limited": .bool(isRefusedByLimit), "owner": .optional(owner),
            "account_id": .optional(accountID), "answer": .optional(answer),
        ]
    }
}

extension Answer {
    var json: JSON {
        [
            "number": .int(number), "name": .string(name), "api": .string(api.rawValue),
            "recurrence": .string(recurrence.rawValue), "has_effect": .bool(hasEffect), "meaning": .string(meaning),
        ]
    }
}

extension PlaidItem {
    var adminJSON: JSON {
        [
            "item_id": .string(itemID), "error_code": .optional(errorCode), "removed": .bool(state.isRemoved),
            "consent_expiration_time": .optional(state.consentExpiration.map { CivilTime($0).zulu }),
            "accounts": .array(accounts.map(\.json)),
        ]
    }
}
