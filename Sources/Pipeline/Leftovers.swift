import Domain
import Pacing

/// The end of a run: rows that were put off, doubts that came up, and what other workers have had in hand.
struct Leftovers: Sendable {
    /// How long other workers are left alone before their rows are looked at again.
    private static let pause = Duration.milliseconds(250)
    /// Rows whose owners are taken in hand at a time, for others may want them as well.
    private static let piece = 1_024

    let tools: RunTools
    let board: RunBoard
    let control: RunControl
    let lanes: Lanes
    let putOff: PutOff
    let elsewhere: Elsewhere
    let doubts: DoubtRounds
    let streaks: RefusalStreaks
    let window: RowWindow

    /// Works through all that is left, as far as it goes.
    ///
    /// - Throws: `CallGate.Closed` when the run stops, and what the ledger throws.
    func finish() async throws {
        var waiting = putOff.takeItems()
        do {
            try await settleAndGoOn(&waiting)
            countUnreached(waiting)
        } catch {
            countUnreached(waiting)
            throw error
        }
    }

    /// Runs what was put off and is free to go; when nothing is, settles doubts, which may free more.
    private func settleAndGoOn(_ waiting: inout [WorkItem]) async throws {
        while true {
            let ready = try await takeReady(from: &waiting)
            if !ready.isEmpty {
                await window.run(ready)
                waiting += putOff.takeItems()
                continue
            }
            guard control.isGoing || board.stop == .limit else { return }
            let othersSettle = try await doubts.settleNew()
            let repeats = try await repeats()
            await window.run(repeats.free)
            guard repeats.free.isEmpty, lanes.areBlocked(waiting.map(\.owner)) else { continue }
            let othersHave = othersSettle || !repeats.elsewhere.isEmpty || elsewhere.count > 0
            guard control.isGoing, othersHave else { return }
            // They may be waiting for what is provisional here.
            try await streaks.finish()
            try await tools.clock.sleep(Self.pause)
        }
    }

    private func countUnreached(_ waiting: [WorkItem]) {
        let unreached = (waiting + putOff.takeItems() + elsewhere.take()).count { !$0.isRepeat }
        board.count { $0.unreached += unreached }
    }

    private func takeReady(from waiting: inout [WorkItem]) async throws -> [WorkItem] {
        var ready: [WorkItem] = []
        var blocked: [WorkItem] = []
        for item in waiting + elsewhere.take() {
            if lanes.isBlocked(item.owner) { blocked.append(item) } else { ready.append(item) }
        }
        guard tools.ledger.shared != nil, control.isGoing else {
            waiting = blocked
            return ready
        }
        waiting = blocked + ready
        let rows = try await Regaining(tools: tools, board: board).regain(Array(ready.prefix(Self.piece)))
        for item in rows.elsewhere { elsewhere.keep(item) }
        for item in rows.blocked { lanes.block(item.owner) }
        waiting = blocked + rows.blocked + ready.dropFirst(Self.piece)
        return rows.free
    }

    /// The rows of this input that were in doubt and have been found absent: they are posted once more.
    private func repeats() async throws -> Regaining.Rows {
        var items: [WorkItem] = []
        for id in putOff.doubtedLinks {
            let link = try await tools.ledger.link(id)
            guard [.minted, .pending].contains(link.state), let item = putOff.takeDoubted(id), !item.isRepeat
            else { continue }
            items.append(item.with(link))
        }
        var rows = try await Regaining(tools: tools, board: board).regain(items, areCounted: true)
        for item in rows.elsewhere + rows.blocked { putOff.keepDoubted(item) }
        rows.free = rows.free.map { $0.with($0.link, isRepeat: true) }
        return rows
    }
}
