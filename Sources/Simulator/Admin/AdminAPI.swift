import FoundationEssentials

/// The simulator's own address, outside both APIs: what happened, and what shall happen.
///
/// - `GET /admin/counts`, `/admin/links`, `/admin/calls`, `/admin/answers` (the catalogue), `/admin/faults` (the settings).
/// - `POST /admin/faults` replaces the settings it names; a `faults` member replaces every rate.
/// - `POST /admin/links` plants a link: `customer_id`, and if wanted `account_id` and `date_created`.
/// - `POST /admin/items` changes the Item of an `access_token` and tells how it is then: `error_code` breaks it (null
///   heals it), `consent_expiration_time`, `accounts` (a list in place of its own), `renumber` (`persistent`, `look` or
///   `ambiguous`: new ids, and what stays; `account_ids` name the ids it had before), `removed`.
/// - `POST /admin/link_sessions` ends a session of a `link_token` without a page, as `ending` says: `success` (with
///   `accounts`, if others than Link offers), `exit`, or `error` with an `error_code`.
/// - `GET /admin/link_tokens` lists link tokens with what became of them; `GET /admin/webhooks` what was sent, and
///   `POST /admin/webhooks` sends the `body`, an object, to a `url`, signed.
/// - `POST /admin/reset` forgets tokens, links, calls and limits, and empties the journal; settings stay.
struct AdminAPI: Sendable {
    let world: World

    func reply(to call: Call) -> Reply {
        do {
            switch (call.method, call.path) {
            case ("GET", "/admin/counts"): return .json(200, world.counts.json)
            case ("GET", "/admin/links"): return .json(200, .array(world.links.map(\.adminJSON)))
            case ("GET", "/admin/calls"): return .json(200, .array(world.calls.map(\.json)))
            case ("GET", "/admin/answers"): return .json(200, .array(AnswerCatalogue.answers.map(\.json)))
            case ("GET", "/admin/faults"): return .json(200, try JSON(encoding: world.behaviour))
            case ("POST", "/admin/faults"): return try changeFaults(call)
            case ("POST", "/admin/links"): return try plantLink(call)
            case ("GET", "/admin/link_tokens"): return .json(200, .array(world.linkTokens.map(\.adminJSON)))
            case ("POST", "/admin/link_sessions"): return try endSession(members(of: call))
            case ("GET", "/admin/webhooks"): return .json(200, .array(world.webhooks.map(\.adminJSON)))
            case ("POST", "/admin/webhooks"): return try sendWebhook(members(of: call))
            case ("POST", "/admin/items"): return try ItemOrder(members(of: call)).reply(of: world)
            case ("POST", "/admin/reset"):
                try world.reset()
                return .json(200, [:])
            default: return .json(404, ["error": "no such admin call"])
            }
        } catch {
            return .json(400, ["error": .string("\(error)")])
        }
    }

    private func changeFaults(_ call: Call) throws -> Reply {
        let members = try members(of: call)
        try world.change { $0 = try $0.merging(members) }
        return .json(200, try JSON(encoding: world.behaviour))
    }

    private func plantLink(_ call: Call) throws -> Reply {
        let members = try members(of: call)
        guard let owner = members["customer_id"]?.string, owner.isUUID(allowingCapitals: true) else {
            throw AdminProblem("customer_id must be a UUID")
        }
        let link = try world.plant(
            owner: owner,
            accountID: members["account_id"]?.string,
            created: try members["date_created"].map(AdminAPI.date) ?? world.bondNow
        )
        return .json(201, link.adminJSON)
    }

    private func endSession(_ members: [String: JSON]) throws -> Reply {
        guard let token = members["link_token"]?.string else { throw AdminProblem("link_token is missing") }
        guard let ending = try SessionEnding(members) else {
            throw AdminProblem("ending must be success, exit, or error with an error_code")
        }
        return .json(200, try world.finishSession(of: token, as: ending).json)
    }

    private func sendWebhook(_ members: [String: JSON]) throws -> Reply {
        guard let url = members["url"]?.string, let body = members["body"], body.members != nil else {
            throw AdminProblem("url must be an address and body an object")
        }
        world.send(body, to: url)
        return .json(202, [:])
    }

    private func members(of call: Call) throws -> [String: JSON] {
        guard let members = call.members else { throw AdminProblem("the body must be a JSON object") }
        return members
    }

    static func date(_ value: JSON) throws -> Date {
        if let seconds = value.number { return Date(timeIntervalSince1970: seconds) }
        guard let text = value.string, let date = try? Date(text, strategy: .iso8601) else {
            throw AdminProblem("a date must be seconds since 1970 or like 2024-03-01T10:00:00Z")
        }
        return date
    }
}

/// Why an admin call was refused.
struct AdminProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
