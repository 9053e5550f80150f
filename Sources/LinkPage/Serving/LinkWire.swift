import Domain

/// What the page sends when Link has succeeded.
struct SuccessWire: Decodable {
    let publicToken: String
    let accountIDs: [String]

    private enum CodingKeys: String, CodingKey {
        case publicToken = "public_token"
        case accountIDs = "account_ids"
    }

    /// What the page told; nothing where it cannot be a success.
    var success: LinkSuccess? {
        guard !publicToken.isEmpty, !accountIDs.contains("") else { return nil }
        return LinkSuccess(publicToken: Secret(publicToken), accountIDs: accountIDs)
    }
}

/// What the page sends when the customer has left Link.
struct ExitWire: Decodable {
    let errorCode: String?

    private enum CodingKeys: String, CodingKey {
        case errorCode = "error_code"
    }

    /// The code, where it has the form of Plaid's: it is written to logs, and anybody with a page can send it.
    var plaidCode: String? {
        guard let errorCode, (1...64).contains(errorCode.utf8.count) else { return nil }
        let isOne = errorCode.utf8.allSatisfy { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
        }
        return isOne ? errorCode : nil
    }
}

/// How an invitation stands, for the page.
struct StandingWire: Encodable {
    let state: String
    var mode: String?
    var trouble: String?
    /// What the page must send along with whatever it asks for.
    let check: String

    init(_ standing: LinkStanding, check: String) {
        self.check = check
        switch standing {
        case .ready(let mode): (state, self.mode) = ("ready", mode.rawValue)
        case .working: state = "working"
        case .done: state = "done"
        case .failed(let trouble): (state, self.trouble) = ("failed", trouble.rawValue)
        case .closed(let trouble): (state, self.trouble) = ("closed", trouble.rawValue)
        }
    }
}

/// What opening Link came to, for the page.
struct OpeningWire: Encodable {
    var linkToken: String?
    /// Seconds.
    var retryAfter: Int?

    private enum CodingKeys: String, CodingKey {
        case linkToken = "link_token"
        case retryAfter = "retry_after"
    }
}

/// What a webhook of Plaid's says, as far as it is looked at.
struct WebhookWire: Decodable {
    let type: String?
    let code: String?
    let linkToken: String?

    private enum CodingKeys: String, CodingKey {
        case type = "webhook_type"
        case code = "webhook_code"
        case linkToken = "link_token"
    }

    /// The link token whose session is over; nothing where the webhook is about something else.
    var finished: Secret? {
        guard type == "LINK", code == "SESSION_FINISHED", let linkToken, !linkToken.isEmpty else { return nil }
        return Secret(linkToken)
    }
}
