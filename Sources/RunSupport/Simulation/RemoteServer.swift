import Domain

/// The front of a simulated API: its limit, which it enforces, and the times in which it is away.
struct RemoteServer: Sendable {
    /// What a server that is in trouble does with a call.
    enum Trouble: Sendable, Equatable {
        case tooMany(retryAfter: Duration?)
        case failure(status: Int)
        /// The connection breaks after the call has been read, and before anything is done about it.
        case breaks
        /// Nobody is there.
        case unreachable
    }

    /// A time in which the server does the same with every call.
    struct Outage: Sendable {
        let from: Duration
        let to: Duration
        let trouble: Trouble
    }

    private static let minute = Duration.seconds(60)

    /// The calls it serves in any minute; nothing where it does not count.
    var limit: Int?
    /// Whether it says when to come back.
    var namesWait = true
    var outages: [Outage] = []
    private var served: [Duration] = []

    /// What happens to a call that arrives at `now`; nothing where it is served.
    mutating func receive(at now: Duration) -> Trouble? {
        if let trouble = outage(at: now) { return trouble }
        guard let limit else { return nil }
        served.removeAll { $0 <= now - Self.minute }
        guard served.count >= limit else {
            served.append(now)
            return nil
        }
        guard namesWait else { return .tooMany(retryAfter: nil) }
        let free = served[served.count - limit] + Self.minute - now
        return .tooMany(retryAfter: .seconds(free.components.seconds + 1))
    }

    /// What is the matter at `now`.
    func outage(at now: Duration) -> Trouble? {
        outages.first { $0.from <= now && now < $0.to }?.trouble
    }
}

extension RemoteServer.Trouble {
    /// What the client gets to see.
    func answer<Value>(of api: API) -> RemoteAnswer<Value> {
        switch self {
        case .tooMany(let retryAfter):
            let isPlaid = api == .plaid
            let refusal = Refusal(
                api: api,
                status: 429,
                type: isPlaid ? "RATE_LIMIT_EXCEEDED" : nil,
                code: isPlaid ? "RATE_LIMIT" : nil,
                retryAfter: retryAfter
            )
            return RemoteAnswer(reply: .refusal(refusal), status: 429)
        case .failure(let status):
            return RemoteAnswer(reply: .refusal(Refusal(api: api, status: status)), status: status)
        case .breaks: return RemoteAnswer(reply: .lost(why: "reset"))
        case .unreachable: return RemoteAnswer(reply: .neverSent(why: "no connection"))
        }
    }
}
