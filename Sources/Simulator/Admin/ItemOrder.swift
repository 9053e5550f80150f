import FoundationEssentials

/// What `POST /admin/items` is told about one Item; what it does not name stays as it is.
struct ItemOrder {
    private static let known: Set = [
        "access_token", "account_ids", "accounts", "consent_expiration_time", "error_code", "removed", "renumber",
    ]

    private let members: [String: JSON]
    private let accessToken: String

    init(_ members: [String: JSON]) throws {
        if let name = members.keys.sorted().first(where: { !ItemOrder.known.contains($0) }) {
            throw AdminProblem("\(name) is nothing an Item can be told")
        }
        guard let token = members["access_token"]?.string else { throw AdminProblem("access_token is missing") }
        self.members = members
        accessToken = token
    }

    /// Carries the order out and tells how the Item is afterwards.
    func reply(of world: World) throws -> Reply {
        try changeAccounts(in: world)
        switch members["error_code"] {
        case nil: break
        case .null: try world.healItem(accessToken)
        case .string(let code): try world.breakItem(accessToken, with: code)
        default: throw AdminProblem("error_code must be a code of Plaid's, or null for an Item that is well")
        }
        if let date = members["consent_expiration_time"] {
            try world.setConsentExpiration(try date == .null ? nil : AdminAPI.date(date), of: accessToken)
        }
        if members["removed"] == true { try world.removeItem(accessToken) }
        return .json(200, world.item(accessToken).adminJSON)
    }

    private func changeAccounts(in world: World) throws {
        if let accounts = members["accounts"] {
            try world.setAccounts(try accounts.decoded(as: [ItemAccount].self), of: accessToken)
        }
        guard let renumber = members["renumber"] else { return }
        guard let renumbering = renumber.string.flatMap(Renumbering.init) else {
            throw AdminProblem("renumber must be persistent, look or ambiguous")
        }
        let formerIDs = members["account_ids"]?.elements?.compactMap(\.string) ?? []
        try world.renumberAccounts(of: accessToken, as: renumbering, knownAs: formerIDs)
    }
}
