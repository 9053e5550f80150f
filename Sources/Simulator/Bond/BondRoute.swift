import NIOCore

/// The calls of Bond's that are imitated, told apart by method and path.
enum BondRoute: Sendable {
    /// What a DELETE is about, in one of its three published forms.
    struct Removal: Sendable {
        let id: String
        var cardAccount: String?
        var needsBody = false

        /// What is wrong with a call of this form; nothing where it is as published.
        func complaint(about call: Call) -> String? {
            if needsBody {
                let isRight = call.isJSON && call.members == ["type": "external", "link_type": "plaid"]
                return isRight ? nil : "The body must say type external and link_type plaid."
            }
            if call.body.readableBytes > 0 { return "This call takes no body." }
            guard let cardAccount, !cardAccount.isUUID(allowingCapitals: true) else { return nil }
            return "The card account is not a valid UUID."
        }
    }

    case link
    case list(owner: String)
    case remove(Removal)
    case check(identity: String)

    init?(_ call: Call) {
        let parts = call.segments
        guard parts.count >= 4, parts[0] == "api" else { return nil }
        let rest = Array(parts[2...])
        switch (call.method, parts[1], rest.count, rest[0]) {
        case ("POST", "v0.1", 2, "accounts") where rest[1] == "processor_tokens":
            self = .link
        case ("GET", "v0", 3, "accounts") where rest[2] == "external_accounts",
            ("GET", "v0.1", 3, "accounts") where rest[2] == "external_accounts":
            self = .list(owner: rest[1])
        case ("DELETE", "v0.1", 2, "accounts"):
            self = .remove(Removal(id: rest[1]))
        case ("DELETE", "v0", 2, "accounts"):
            self = .remove(Removal(id: rest[1], needsBody: true))
        case ("DELETE", "v0", 4, "accounts") where rest[2] == "external_accounts":
            self = .remove(Removal(id: rest[3], cardAccount: rest[1]))
        case ("GET", "v0.1", 3, "auth") where rest[1] == "key":
            self = .check(identity: rest[2])
        default:
            return nil
        }
    }

    var operation: Operation {
        switch self {
        case .link: .link
        case .list: .list
        case .remove: .remove
        case .check: .check
        }
    }
}
