/// The rate in force at an API: goes down when calls are refused, and comes back up to its ceiling.
///
/// Refusals come in episodes, which end after five seconds in which calls are served and none is refused. The rate at
/// which an episode began is remembered as the knee: up to just below it the rate comes back quickly; beyond it the
/// steps begin small and double, so that a limit that has not moved is touched seldom, and one that has come back is
/// used within half a minute. The figures are those that did best in simulations of limits that count by fixed and
/// sliding windows of 1 to 60 seconds and of token buckets, with and without `Retry-After`.
package struct AdaptiveRate: Sendable, Equatable, Codable {
    /// What is left of the rate after a refusal.
    private static let cut = 0.7
    /// The share of the knee up to which the rate comes back quickly.
    private static let nearKnee = 0.95
    /// One call a minute: no limit that is worth having a bulk job for is lower.
    private static let floor = 1.0 / 60
    private static let second = Duration.seconds(1)
    /// The seconds that tell how fast calls are served, to who watches.
    private static let lately = 10
    /// The longest time without service that tells something of the minute before it.
    private static let longestBlock = Duration.seconds(50)
    /// How long after a long block the next one is put down to the same limit.
    private static let memory = Duration.seconds(180)
    /// Clean time that ends an episode of refusals.
    private static let calm = Duration.seconds(5)
    /// Time at the ceiling after which the knee is forgotten.
    private static let forgotten = Duration.seconds(60)
    /// Calls served from which a rate may be measured.
    private static let telling = 10
    /// The most calls between two steps beyond the knee, where the rate is so low that a second sees less.
    private static let callsPerStep = 5.0

    /// The rate that was given, in calls a second.
    private(set) var ceiling: Double
    /// Calls a second; endless while an unlimited API has refused nothing.
    package private(set) var callsPerSecond: Double
    /// The rate at which the last episode of refusals began, as long as it is believed.
    package private(set) var knee: Double?

    private var served = ServedMeter()
    private var isInEpisode = false
    private var cleanSince: Duration?
    private var steppedAt: Duration = .zero
    private var cutAt: Duration = .zero
    private var wasServedSinceCut = false
    private var stepsBeyondKnee = 0
    /// The first of the refusals since which nothing has been served.
    private var blockedSince: Duration?
    /// The end of the last long block.
    private var longBlockAt: Duration?

    /// Starts at the ceiling, or just below the knee that was learned before.
    package init(ceiling: Rate, knee: Double? = nil) {
        self.ceiling = ceiling.callsPerSecond
        self.knee = knee.flatMap { $0 < ceiling.callsPerSecond ? $0 : nil }
        callsPerSecond = min(self.ceiling, max(Self.floor, self.knee.map { $0 * Self.nearKnee } ?? self.ceiling))
    }

    /// Takes another ceiling; what was learned below it stays.
    package mutating func change(ceiling: Rate) {
        self.ceiling = ceiling.callsPerSecond
        if let knee, knee >= self.ceiling { self.knee = nil }
        callsPerSecond = knee == nil ? self.ceiling : min(callsPerSecond, self.ceiling)
    }

    /// How fast calls were served lately, in calls a second.
    mutating func served(at now: Duration) -> Double {
        served.rate(at: now, over: Self.lately)
    }

    /// Whether calls are refused and none has been served since: then one at a time is tried.
    package var isBlocked: Bool { blockedSince != nil }

    /// Whether the values fit together, as those that were read from outside may not.
    var isSound: Bool { served.isSound && ceiling > 0 && callsPerSecond > 0 }

    /// Whether refusals have come lately.
    package var isTroubled: Bool { isInEpisode }

    /// A call was served at `now`.
    package mutating func noteServed(at now: Duration) {
        // What was served before the refusal, and is told after it by another worker, says nothing of it.
        if let since = blockedSince, now >= since { learnFromBlock(since, at: now) }
        served.note(at: now)
        wasServedSinceCut = true
        let since = cleanSince ?? now
        cleanSince = since
        if isInEpisode, now - since >= Self.calm { isInEpisode = false }
        guard let knee else { return }
        if callsPerSecond >= ceiling, now - since >= Self.forgotten {
            self.knee = nil
            return
        }
        if now - since >= Self.second { grow(at: now, from: knee) }
    }

    /// A call was refused at `now` for being one too many.
    package mutating func noteRefused(at now: Duration) {
        cleanSince = nil
        stepsBeyondKnee = 0
        defer { if blockedSince == nil { beginBlock(at: now) } }
        if !isInEpisode { return beginEpisode(at: now) }
        // Refusal upon refusal says nothing new: the API may be serving nobody, whatever the rate.
        if wasServedSinceCut, now - cutAt >= Self.second { cut(at: now) }
    }

    private mutating func beginEpisode(at now: Duration) {
        isInEpisode = true
        let lately = served.rate(at: now)
        if callsPerSecond == .infinity {
            // Without a limit there is nothing to come down from but what was really served, if that tells anything.
            guard let lately, lately.calls >= Self.telling else { return }
            callsPerSecond = max(1, lately.perSecond)
        }
        let knee = measuredKnee(lately)
        self.knee = knee
        cut(at: now)
        callsPerSecond = max(Self.floor, min(callsPerSecond, knee))
    }

    /// The rate of now, or the lower one that was really served through the last minute; but never below half, for the
    /// minute may have been a bad one.
    private func measuredKnee(_ lately: ServedMeter.Reading?) -> Double {
        guard let lately, lately.isFullMinute else { return callsPerSecond }
        return min(callsPerSecond, max(lately.perSecond, callsPerSecond / 2))
    }

    /// Learns from the end of a long block, which is how a limit by the minute shows: then the calls served in the last
    /// minute are as many as are allowed.
    ///
    /// An outage looks the same: so the knee comes no lower than half, and nowhere after a very long block.
    private mutating func learnFromBlock(_ since: Duration, at now: Duration) {
        blockedSince = nil
        guard now - since >= Self.calm else { return }
        longBlockAt = now
        guard now - since < Self.longestBlock, let knee, let lately = served.rate(at: now), lately.isFullMinute else {
            return
        }
        lower(to: max(lately.perSecond, knee / 2))
    }

    /// Learns from the beginning of a block that comes soon after a long one: what was served in the minute before it is
    /// what is allowed in a minute.
    private mutating func beginBlock(at now: Duration) {
        blockedSince = now
        guard let longBlockAt, now - longBlockAt <= Self.memory, let lately = served.rate(at: now), lately.isFullMinute
        else { return }
        lower(to: lately.perSecond)
    }

    /// Brings the knee and the rate down to what was seen to be the limit.
    private mutating func lower(to limit: Double) {
        guard let knee, limit < knee else { return }
        self.knee = max(Self.floor, limit)
        callsPerSecond = max(Self.floor, min(callsPerSecond, limit * Self.nearKnee))
    }

    private mutating func cut(at now: Duration) {
        cutAt = now
        wasServedSinceCut = false
        callsPerSecond = max(Self.floor, callsPerSecond * Self.cut)
    }

    private mutating func grow(at now: Duration, from knee: Double) {
        guard callsPerSecond < ceiling, now - steppedAt >= Self.second else { return }
        let near = knee * Self.nearKnee
        guard callsPerSecond >= near else {
            steppedAt = now
            callsPerSecond = min(near, callsPerSecond + min(ceiling / 60, knee / 20))
            return
        }
        guard now - steppedAt >= .seconds(Self.callsPerStep / callsPerSecond) else { return }
        steppedAt = now
        stepsBeyondKnee += 1
        callsPerSecond = min(ceiling, callsPerSecond + knee / 250 * Self.doubled(stepsBeyondKnee))
    }

    /// One for the first three steps, then twice as much for each three more.
    private static func doubled(_ steps: Int) -> Double {
        Double(1 << min((steps - 1) / 3, 30))
    }
}
