import Domain

/// What a breaker must have done by what came back from an API: five failures in a row leave it alone for five
/// seconds, and then it is tried with one call at a time.
///
/// Answers of the same moment may have been heeded in any order: it asks for what is certain, from the earliest moment
/// that is possible.
struct BreakerWatch: Sendable {
    /// What an answer says of an API.
    enum Sign: Sendable {
        case alive
        case failure
        case neither
    }

    private static let limit = 5
    private static let pause = Duration.seconds(5)
    /// From so many answers on, half of them may open it, which is not watched.
    private static let mostAnswers = 100

    private var rows: Set<String> = []
    private var answers = 0
    private var certain = 0
    private var possible = 0
    private var possibleAt: Duration?
    private var aliveAt: Duration?
    private var failuresNow: (at: Duration, count: Int) = (.zero, 0)
    private var opened: Duration?
    private var probes = 0

    /// A call is let through at `now`; gives what is wrong with that.
    func admit(at now: Duration) -> String? {
        guard let opened, now > opened, now < opened + Self.pause else { return nil }
        return "let through \(opened + Self.pause - now) too early for an API that answers nothing"
    }

    /// A call leaves; gives what is wrong with that.
    mutating func send(at now: Duration) -> String? {
        guard let opened, now >= opened + Self.pause else { return nil }
        probes += 1
        return probes > 1 ? "\(probes) probes at a time" : nil
    }

    /// A call has come back at `now`; `row` is the row it was about, if it was about one.
    ///
    /// While calls go as usual, only a row's first call tells of failure.
    mutating func note(_ sign: Sign, of row: String?, at now: Duration) {
        probes = max(0, probes - 1)
        answers += 1
        let isFirst = row.map { rows.insert($0).inserted } ?? false
        switch sign {
        case .neither: break
        case .failure where opened == nil && !isFirst: break
        case .alive: noteAlive(at: now)
        case .failure: noteFailure(at: now)
        }
    }

    private mutating func noteAlive(at now: Duration) {
        (certain, possible) = (0, failuresNow.at == now ? failuresNow.count : 0)
        (possibleAt, aliveAt, opened) = (nil, now, nil)
    }

    private mutating func noteFailure(at now: Duration) {
        failuresNow = (now, failuresNow.at == now ? failuresNow.count + 1 : 1)
        possible += 1
        if possible >= Self.limit { possibleAt = possibleAt ?? now }
        if aliveAt != now { certain += 1 }
        guard certain >= Self.limit, opened == nil, answers < Self.mostAnswers else { return }
        opened = possibleAt
    }
}

extension RemoteCall.Reply {
    /// What it says of the API that gave it.
    var sign: BreakerWatch.Sign {
        switch self {
        case .success, .unusable: .alive
        case .lost, .neverSent: .failure
        case .refusal(let refusal) where refusal.retryAfter != nil || refusal.code == "PLANNED_MAINTENANCE": .neither
        // In the API's own words: half a failure, which is not watched.
        case .refusal(let refusal) where refusal.status >= 500 && refusal.code != nil: .neither
        case .refusal(let refusal): refusal.status >= 500 || [408, 429].contains(refusal.status) ? .failure : .alive
        }
    }
}
