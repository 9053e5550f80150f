/// What a worker has to tell and wants to know in one exchange with the others.
struct ClimateDraw: Sendable {
    /// What comes of it.
    struct Outcome: Sendable {
        let climate: Climate
        let grants: [Duration]
        let clock: KeeperClock
        /// The keeper's time.
        let now: Duration
    }

    /// A worker's first exchange.
    struct Entry: Sendable {
        var ceiling: Rate
        let knee: Double?
        /// Whether nobody else is at work, so that the run begins as one that is alone does.
        let isAlone: Bool
    }

    /// Nothing where the worker has been in before.
    let entry: Entry?
    /// What a climate is made of where there is none.
    let ceiling: Rate
    let news: [ClimateNews]
    /// How many send times are wanted.
    let wanted: Int
    /// How long it takes until a granted time is known.
    let lead: Duration
    let clock: KeeperClock
    /// By the worker's clock.
    let asked: Duration

    /// Tells and draws.
    func carryOut(on climate: inout Climate?, _ time: KeeperTime, answered: Duration) -> Outcome {
        var clock = clock
        clock.note(asked: asked, time, answered: answered)
        var next = current(climate, time)
        for item in news { next.learn(item, offset: clock.offset) }
        let grants = next.grant(wanted, from: time.now + lead, at: time.now)
        next.changedAt = time.now
        climate = next
        return Outcome(climate: next, grants: grants, clock: clock, now: time.now)
    }

    private func current(_ climate: Climate?, _ time: KeeperTime) -> Climate {
        var next: Climate
        if let climate, climate.changedAt <= time.now + .seconds(1) {
            next = climate
            if let entry { enter(&next, entry, time.now) }
        } else {
            // There is none, or the keeper's clock was set back and its times mean nothing any more.
            next = Climate(ceiling: ceiling, knee: entry?.knee)
            if climate != nil { next.leaveRoom(at: time.now) }
        }
        if time.hasRestarted { next.leaveRoom(at: time.now) }
        return next
    }

    private func enter(_ climate: inout Climate, _ entry: Entry, _ now: Duration) {
        if entry.isAlone {
            var new = Climate(ceiling: entry.ceiling, knee: entry.knee)
            new.inherit(from: climate)
            climate = new
        } else if climate.rate.ceiling != entry.ceiling.callsPerSecond {
            climate.change(ceiling: entry.ceiling, at: now)
        }
    }
}
