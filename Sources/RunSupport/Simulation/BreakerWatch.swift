import Domain

/// What a breaker must have done by what came back from an API: five failures in a row leave it alone for five
/// seconds, and then it is tried with one call at a time.
///
/// It knows less than the breaker does and asks for less: whatever is not clearly a failure counts as a sign of life.
struct BreakerWatch: Sendable {
    private static let limit = 5
    private static let pause = Duration.seconds(5)

    private var inARow = 0
    private var rows: Set<String> = []
    private var aliveAt: Duration?
    /// When it opened or was opened anew, and until when nothing may leave.
    private var open: (at: Duration, until: Duration)?
    private var probes = 0

    /// A call is let through at `now`; gives what is wrong with that.
    func admit(at now: Duration) -> String? {
        guard let open, now > open.at, now < open.until else { return nil }
        return "let through \(open.until - now) too early for an API that answers nothing"
    }

    /// A call leaves; gives what is wrong with that.
    mutating func send(at now: Duration) -> String? {
        guard let open, now >= open.until else { return nil }
        probes += 1
        return probes > 1 ? "\(probes) probes at a time" : nil
    }

    /// A call has come back at `now`; `row` is the row it was about, if it was about one.
    ///
    /// While calls go as usual, only a row's first call tells of failure.
    mutating func note(isFailure: Bool, of row: String?, at now: Duration) {
        probes = max(0, probes - 1)
        let isFirst = row.map { rows.insert($0).inserted } ?? false
        guard isFailure else {
            (inARow, aliveAt, open) = (0, now, nil)
            return
        }
        if let open {
            if now >= open.until { self.open = (now, now + Self.pause) }
            return
        }
        guard isFirst else { return }
        // What came back in the same moment may have been heeded in another order.
        guard aliveAt != now else { return }
        inARow += 1
        if inARow >= Self.limit { open = (now, now + Self.pause) }
    }
}

extension RemoteCall.Reply {
    /// Whether this says without doubt that nobody is there.
    var isFailure: Bool {
        switch self {
        case .success, .unusable: false
        case .lost, .neverSent: true
        case .refusal(let refusal):
            refusal.retryAfter == nil && refusal.code == nil && [408, 429, 500, 503].contains(refusal.status)
        }
    }
}
