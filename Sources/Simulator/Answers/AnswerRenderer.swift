import FoundationEssentials

/// Turns an answer of the catalogue into a reply; what differs between the two APIs is handed in.
struct AnswerRenderer: Sendable {
    let environment: SimulatorEnvironment
    let behaviour: SimulatorBehaviour

    static let page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
    static let largeSize = 2 * 1024 * 1024

    /// The reply to a call whose usual reply would be `usual`; `identifier` is the member that makes it a success.
    func reply(_ answer: Answer, usual: Reply, identifier: String) -> Reply {
        switch answer.shape {
        case .normal: usual
        case .plaid(let problem): problem.reply(requestID: environment.makeRequestID())
        case .bond(let problem): problem.reply
        case .body(let status, let body): .json(status, body)
        case .html(let status): .text(status, AnswerRenderer.page)
        case .redirect: Reply.text(302, "").adding("location", "http://redirected.invalid/")
        case .tooMany(let retryAfter): tooMany(answer.api, retryAfter, wait: 1)
        case .reset: .reset
        case .hang: .hang
        case .slow: usual.delayed(by: behaviour.slowDelay)
        case .truncated: usual.delivered(.truncated)
        case .altered(let alteration): altered(usual, alteration, identifier)
        }
    }

    /// What an API that is away says; a gateway speaks for it, except where it is its limits that do.
    func reply(_ outage: Outage, of api: API) -> Reply {
        switch outage.status {
        case 0: .reset
        case 429: tooMany(api, outage.retryAfter, wait: outage.seconds)
        default:
            Reply.json(outage.status, ["message": "Service Unavailable"])
                .adding("retry-after", text(of: outage.retryAfter, wait: outage.seconds, api))
        }
    }

    /// A 429 in the API's own envelope.
    func tooMany(_ api: API, _ retryAfter: RetryAfter, wait: Double) -> Reply {
        let reply =
            switch api {
            case .plaid:
                PlaidProblem.rateLimit("RATE_LIMIT", subject: "this client").reply(
                    requestID: environment.makeRequestID()
                )
            case .bond: BondProblem.rateLimit.reply
            }
        return reply.adding("retry-after", text(of: retryAfter, wait: wait, api))
    }

    func text(of retryAfter: RetryAfter, wait: Double, _ api: API) -> String? {
        let seconds = max(1, wait.rounded(.up))
        let offset = api == .bond ? behaviour.clockOffset : 0
        return switch retryAfter {
        case .none: nil
        case .seconds: String(Int(seconds))
        case .httpDate: CivilTime(environment.now().addingTimeInterval(seconds + offset)).httpDate
        }
    }

    private func altered(_ usual: Reply, _ alteration: Answer.Alteration, _ identifier: String) -> Reply {
        switch alteration {
        case .empty: Reply(status: usual.status, headers: usual.headers, body: "")
        case .withoutIdentifier: edited(usual) { $0[identifier] = nil }
        case .otherCustomer:
            edited(usual) { members in
                members["customer_id"] = .string(environment.makeText())
            }
        case .status200: Reply(status: 200, headers: usual.headers, body: usual.body)
        case .failureInBody:
            .json(200, BondProblem(500, "server_error", "Internal server error.", type: "Server Error").body)
        case .unlistedAfter503: .json(503, ["message": "Service Unavailable"])
        case .large: edited(usual) { $0["padding"] = .string(String(repeating: "x", count: AnswerRenderer.largeSize)) }
        case .nullStatus, .unknownEnums, .unlisted: usual
        }
    }

    private func edited(_ usual: Reply, _ edit: (inout [String: JSON]) -> Void) -> Reply {
        guard var members = try? JSON(parsing: usual.body.utf8).members else { return usual }
        edit(&members)
        return Reply(status: usual.status, headers: usual.headers, body: JSON.object(members).text)
    }
}
