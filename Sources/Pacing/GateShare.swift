/// A gate's part in a climate that several workers share: its granted send times, and what it has still to tell.
///
/// Granted times are of the common clock, everything else is of the gate's own.
struct GateShare: Sendable {
    /// How often a worker hears of the others while it has anything to do with the API.
    private static let poll = Duration.seconds(1)
    /// The time between two exchanges for the sake of news alone.
    private static let gap = Duration.milliseconds(50)
    /// How far ahead times are drawn, at least; further where exchanges take long.
    private static let horizon = Duration.milliseconds(200)
    /// The part of what was used that is drawn again before one is added, so that workers come to equal parts.
    private static let retained = 0.9

    private var ceiling: Rate
    private var entry: ClimateDraw.Entry?
    private var clock = KeeperClock()
    private(set) var grants: [Duration] = []
    private var news: [ClimateNews] = []
    /// Keeps this worker under its own ceiling, where that of all is higher.
    private var own: GCRA

    private var used = 0
    private var drawnAt: Duration?
    /// Calls a second that this worker sent lately.
    private var demand = 0.0
    /// How many times are drawn so that as many are at hand.
    private var target = 1
    /// What the slowest exchanges took lately, and what of it passed after the climate was read.
    private var took: Duration = .zero
    private var lead: Duration = .zero

    private var heardAt: Duration?
    private var isWanting = false
    private var isUrgent = false
    private var isCalling = false
    /// The common time before which nothing is granted.
    private var comeBack: Duration = .zero
    /// Why there are no exchanges any more.
    var failure: (any Error)?

    init(_ entry: ClimateDraw.Entry) {
        self.entry = entry
        ceiling = entry.ceiling
        own = GCRA(rate: entry.ceiling)
    }

    /// What leads from the gate's clock to the common one.
    var offset: Duration { clock.offset }

    // MARK: The call at the head of the line

    /// How long the call at the head of the line has to wait at `now`; nothing where only an exchange tells.
    ///
    /// - Throws: Why there are no exchanges any more.
    mutating func delay(at now: Duration, under climate: Climate) throws -> Duration? {
        if let failure { throw failure }
        guard heardAt != nil else { return nil }
        let common = now + offset
        let quiet = climate.quiet(at: common)
        if quiet > .zero { return quiet }
        let mine = own.delay(at: now)
        guard climate.needsGrants else { return mine }
        if mine > lead, isSlower(than: climate) { return mine - lead }
        // What was not used in its time is void: after a stall nothing leaves in a burst.
        grants.removeAll { common - $0 > climate.pacer.slack }
        if grants.count * 2 <= target, target > 1 || grants.isEmpty { want() }
        return grants.first.map { max(.zero, $0 - common, mine) }
    }

    /// Whether this worker may send less than all together, and so has no use for times one after the other.
    private func isSlower(than climate: Climate) -> Bool {
        ceiling.callsPerSecond < climate.rate.callsPerSecond
    }

    /// The call at the head of the line leaves.
    mutating func leave(at now: Duration) {
        own.pay(at: now)
        used += 1
        if !grants.isEmpty { grants.removeFirst() }
    }

    private mutating func want() {
        if isWanting { return }
        (isWanting, isCalling) = (true, true)
    }

    // MARK: News

    /// Keeps what the others are to be told; at once where they must hear it.
    mutating func tell(_ content: ClimateNews.Content, isUrgent: Bool, at now: Duration) {
        news.append(ClimateNews(content: content, at: now))
        guard isUrgent, !self.isUrgent else { return }
        (self.isUrgent, isCalling) = (true, true)
    }

    /// Drops the times that were granted before the API came to be probed.
    mutating func dropGrants() {
        grants = []
    }

    /// Takes another ceiling for this worker's own.
    mutating func change(ceiling: Rate, at now: Duration) {
        self.ceiling = ceiling
        own.change(callsPerSecond: ceiling.callsPerSecond, slack: ceiling.slack, at: now)
        tell(.ceiling(ceiling), isUrgent: true, at: now)
    }

    // MARK: Exchanges

    /// Whether the one who exchanges is to be woken; says so once.
    mutating func takeCall() -> Bool {
        defer { isCalling = false }
        return isCalling
    }

    /// Whether there is anything that the others have not been told.
    var hasNews: Bool { !news.isEmpty }

    /// How long there is nothing to exchange.
    func pause(at now: Duration, isAwaited: Bool) -> Duration {
        guard let heardAt else { return .zero }
        let poll = heardAt + Self.poll
        var next = hasNews || isAwaited ? poll : max(poll, now + Self.poll)
        if isUrgent { next = min(next, heardAt + Self.gap) }
        if isWanting { next = min(next, comeBack - offset) }
        return max(.zero, next - now)
    }

    /// What is to be told and drawn now.
    mutating func draw(at now: Duration, under climate: Climate) -> ClimateDraw {
        if isWanting { plan(at: now, isSlower(than: climate) ? 0 : climate.rate.callsPerSecond) }
        let wanted = isWanting ? target - grants.count : 0
        (isWanting, isUrgent, isCalling) = (false, false, false)
        return ClimateDraw(
            entry: entry,
            ceiling: ceiling,
            news: news,
            wanted: wanted,
            lead: lead,
            clock: clock,
            asked: now
        )
    }

    /// Goes on from what an exchange came to, and gives the climate with what was learned meanwhile.
    mutating func adopt(_ outcome: ClimateDraw.Outcome, of draw: ClimateDraw, at now: Duration) -> Climate {
        (entry, clock, heardAt) = (nil, outcome.clock, now)
        took = max(now - draw.asked, took * 4 / 5)
        lead = max(now + offset - outcome.now, lead * 4 / 5)
        if draw.wanted > 0 {
            grants += outcome.grants
            comeBack = outcome.grants.isEmpty ? outcome.climate.nextAsking(after: outcome.now) : .zero
        }
        news.removeFirst(draw.news.count)
        var climate = outcome.climate
        for item in news { climate.learn(item, offset: offset) }
        return climate
    }

    /// Sees how many times to have at hand: for as many calls as leave here until the next exchange but one.
    private mutating func plan(at now: Duration, _ rate: Double) {
        let span = max(Self.horizon, took * 4) / .seconds(1)
        if let drawnAt {
            let passed = max((now - drawnAt) / .seconds(1), 0.001)
            demand = (demand + Double(used) / passed) / 2
        }
        (used, drawnAt) = (0, now)
        let most = max(1, (min(rate, 1e6) * span).rounded(.up))
        target = Int(min(most, (demand * span * Self.retained).rounded(.up) + 1))
    }
}
