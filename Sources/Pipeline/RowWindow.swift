import Domain
import Pacing

/// Runs the journeys of many rows side by side, a bounded number at a time.
struct RowWindow: Sendable {
    private let journey: Journey
    private let putOff: PutOff
    private let board: RunBoard
    private let control: RunControl
    private let places: Handoff
    /// Rows of one owner that wait in the window at most; the rest is put off, so that others get through.
    private let crowd: Int

    init(
        width: Int,
        crowd: Int = .max,
        journey: Journey,
        putOff: PutOff,
        board: RunBoard,
        control: RunControl
    ) {
        self.crowd = crowd
        self.journey = journey
        self.putOff = putOff
        self.board = board
        self.control = control
        places = Handoff(capacity: width)
    }

    /// Runs these rows to their ends.
    func run(_ items: [WorkItem]) async {
        _ = await run { start in
            for item in items where await !start(item) { count(item) { $0.unreached += 1 } }
        }
    }

    /// Runs what `feed` starts, and returns what it threw when all rows have come to their ends.
    ///
    /// `start` waits for a place, or puts the row off where its owner has taken many; it says no once the run stops.
    func run(_ feed: (_ start: (WorkItem) async -> Bool) async throws -> Void) async -> (any Error)? {
        await withDiscardingTaskGroup { group in
            do {
                try await feed { item in
                    if journey.lanes.queue(of: item.owner) >= crowd, putOff.keep(item) {
                        release(item)
                        return true
                    }
                    guard await mayStart(item) else { return false }
                    journey.lanes.expect(item.owner)
                    group.addTask { await advance(item) }
                    return true
                }
                return nil
            } catch {
                return error
            }
        }
    }

    private func mayStart(_ item: WorkItem) async -> Bool {
        guard control.isGoing else { return false }
        guard item.isRepeat || board.start(limit: journey.tools.settings.limit) else {
            control.stop(.limit)
            return false
        }
        guard (try? await places.take()) != nil else { return false }
        return control.isGoing
    }

    private func advance(_ item: WorkItem) async {
        let end = await journey.run(item)
        places.give()
        // What is provisional is recorded, and released, later.
        if !end.isProvisional { release(item) }
        switch end {
        case .deferred:
            if !item.isRepeat { board.unstart() }
            if !putOff.keep(item) { count(item) { $0.unreached += 1 } }
        case .unreached: count(item) { $0.unreached += 1 }
        case .settled(let state, _): await countOutcome(item, state)
        case .provisional: await countOutcome(item, .rejected)
        case .doubted: await countOutcome(item, .inDoubt)
        }
    }

    /// Lets other workers have the row's owner, where there are any.
    private func release(_ item: WorkItem) {
        journey.tools.ledger.shared?.release(item.link.id, of: item.owner)
    }

    private func countOutcome(_ item: WorkItem, _ outcome: RowState) async {
        count(item) { $0.attempted += 1 }
        let share = board.noteOutcome(outcome)
        guard let limit = journey.tools.settings.haltOn, let share, share >= limit else { return }
        control.stop(.halted("\(Int((share * 100).rounded())) % of the last outcomes were bad."))
    }

    /// Counts a row once, although it may be posted twice.
    private func count(_ item: WorkItem, _ change: @Sendable (inout RunSummary.Rows) -> Void) {
        if !item.isRepeat { board.count(change) }
    }
}
