extension Climate {
    /// How far ahead a time is granted: so long at most it binds whoever comes later.
    private static let reach = Duration.seconds(10)
    /// The time between two probes of which nothing is heard.
    private static let probePause = Duration.seconds(1)
    /// The time before the first call after the server was restarted, which may have forgotten the last ones.
    private static let restartPause = Duration.seconds(1)
    /// Nobody asks again sooner.
    private static let shortestWait = Duration.milliseconds(10)

    /// Whether calls leave at granted times only; at an endless rate they leave at any time.
    var needsGrants: Bool { rate.callsPerSecond.isFinite || isProbing }

    /// Grants up to `count` send times from `earliest` on, one where the API is probed, none while it is left alone.
    mutating func grant(_ count: Int, from earliest: Duration, at now: Duration) -> [Duration] {
        guard count > 0, needsGrants, quiet(at: earliest) == .zero else { return [] }
        if isProbing {
            guard nextProbe <= earliest, let time = book(from: earliest, at: now) else { return [] }
            nextProbe = time + Self.probePause
            return [time]
        }
        var times: [Duration] = []
        while times.count < count, let time = book(from: earliest, at: now) { times.append(time) }
        return times
    }

    /// When it is worth while to ask again after nothing was granted at `now`.
    func nextAsking(after now: Duration) -> Duration {
        let end = max(now + quiet(at: now), isProbing ? nextProbe : .zero, pacer.next - Self.reach)
        return max(end, now + Self.shortestWait)
    }

    /// Leaves the room for calls of which the keeper that was restarted may have forgotten.
    mutating func leaveRoom(at now: Duration) {
        pacer.wait(until: max(now, pacer.next) + Self.restartPause)
    }

    private mutating func book(from earliest: Duration, at now: Duration) -> Duration? {
        guard max(pacer.next, earliest) <= now + Self.reach else { return nil }
        lastGrant = pacer.book(from: earliest)
        return lastGrant
    }
}
