import Domain
import GRDB
import Pacing
import Pipeline
import Synchronization

extension Judge {
    /// Begins to watch a run: the ledger has just been opened, and what a dead run left has been taken over.
    func beginRun(_ path: String, _ plan: RunPlan, room: Int, stop: @escaping @Sendable () -> RunStop?) throws {
        try state.withLock { state in
            if state.eye == nil { state.eye = try Self.openEye(path) }
            state.watch = Watch()
            state.watch.concurrency = plan.settings.concurrency
            state.watch.room = room
            state.watch.pace = plan.rates.mapValues { Pace($0) }
            state.watch.tries.most = plan.settings.retries.tries
            state.watch.stop = stop
            state.intents = [:]
        }
        let before = state.withLock { $0.rows }
        sweep()
        for row in before.values.sorted(by: { $0.id < $1.id }) {
            guard let now = state.withLock({ $0.rows[row.id] }) else { continue }
            let expected = row.state == "posting" ? "in_doubt" : row.state
            require(now.state == expected, "\(row.identity.short) was left \(row.state) and is found \(now.state)")
            require(!now.isMinting, "\(row.identity.short): a mint of a dead run is still open")
            require(now.orphans == row.orphans + (row.isMinting ? 1 : 0), "\(row.identity.short): a mint of a dead run")
        }
    }

    /// Checks what a run that has come to its end says of itself.
    func endRun(_ board: RunBoard, given: Int, hasDisk: Bool) {
        let (rows, calls, stop) = (board.rows, board.calls, board.stop)
        sweep()
        let (watch, made, wiped) = state.withLock { ($0.watch, $0.tokensMade, $0.tokensWiped) }
        for api in [API.plaid, .bond] {
            require(watch.out[api, default: 0] == 0, "\(api.name): calls are still out")
            let (counted, sent) = (calls[api]?.sent ?? 0, watch.sent[api, default: 0])
            require(counted == sent, "\(api.name): \(counted) calls are counted and \(sent) were sent")
        }
        require(!hasDisk || rows.read == watch.taken, "\(watch.taken) rows were taken in: \(rows)")
        require(stop != nil || rows.read == given, "\(given) rows were given: \(rows)")
        let ledger = state.withLock { Array($0.rows.values) }
        require(!hasDisk || ledger.allSatisfy { $0.state != "posting" }, "a row is still posting")
        let held = ledger.count(where: \.hasToken)
        let counted = ledger.reduce(0) { $0 + $1.orphans + ($1.isMinting ? 1 : 0) }
        let lost = made - held - wiped
        require(counted >= lost, "\(lost) tokens are lost and \(counted) are counted as orphans")
    }

    /// Checks that every link is owned by the row it was made for, or that this row is known to be in doubt.
    func compare(with links: [MadeLink]) {
        let (rows, ids) = state.withLock { ($0.rows, $0.ids) }
        for link in links where !link.isRemoved {
            guard let account = link.account else { continue }
            let row = ids[Identity(owner: link.owner, accountID: account)].flatMap { rows[$0] }
            let isKnown = row?.linkedAccountID == link.id || ["posting", "in_doubt"].contains(row?.state ?? "")
            require(isKnown, "\(link.id) of \(link.owner.id)/\(account) belongs to nobody: \(row?.state ?? "no row")")
        }
        let made = Set(links.map(\.id))
        for row in rows.values.sorted(by: { $0.id < $1.id }) {
            guard let id = row.linkedAccountID else { continue }
            require(made.contains(id), "\(row.identity.short) owns \(id), which nobody made")
        }
    }

    /// Checks what is left when nothing changes any more: all rows are linked, but for those that nobody can tell
    /// about, and what waits behind them.
    func checkRest(_ rows: [InputRow], isBlind: Bool) {
        let found = state.withLock { state in rows.compactMap { state.ids[$0.identity].flatMap { state.rows[$0] } } }
        require(found.count == rows.count, "\(found.count) rows are left of \(rows.count)")
        let isProvable = !isBlind && found.contains { $0.evidence == "answered" }
        let doubted = found.filter { $0.state == "in_doubt" }
        for row in doubted {
            let isExcused = row.code == "duplicate_account" || row.code == "link_owned_by_other_row"
            require(isExcused || !isProvable, "\(row.identity.short) rests in doubt: \(row.code ?? "")")
        }
        let owners = Set(doubted.map(\.identity.owner))
        for row in found where row.state != "linked" {
            require(owners.contains(row.identity.owner), "\(row.identity.short) rests \(row.state)")
        }
    }

    /// Looks at the whole ledger while nobody writes: no row is gone, none is there twice, what was linked is linked.
    func sweep() {
        let rows = ledger()
        let before = state.withLock { $0.rows }
        let now = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let ids = Dictionary(rows.map { ($0.identity, $0.id) }, uniquingKeysWith: { first, _ in first })
        require(now.count == rows.count && ids.count == rows.count, "a row is in the ledger twice")
        for row in before.values.sorted(by: { $0.id < $1.id }) {
            guard let found = now[row.id], found.identity == row.identity else {
                trace.fail("\(row.identity.short) is gone")
                continue
            }
            require(found.orphans >= row.orphans, "\(row.identity.short) has lost orphans")
            guard row.state == "linked" else { continue }
            require(found.state == "linked", "\(row.identity.short) was linked and is \(found.state)")
            require(found.linkedAccountID == row.linkedAccountID, "\(row.identity.short) has changed its link")
        }
        state.withLock { state in
            state.rows = now
            state.ids = ids
        }
    }

    /// All rows of the ledger.
    func ledger() -> [LedgerRow] {
        read { database in
            let statement = try database.cachedStatement(sql: "SELECT \(LedgerRow.columns) FROM links ORDER BY id")
            return try Row.fetchAll(statement).map { LedgerRow($0) }
        } ?? []
    }

    /// Looks at one row, and counts all.
    func look(at id: Link.ID) -> LedgerRow? {
        let found: (row: LedgerRow?, count: Int)? = read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT \(LedgerRow.columns), (SELECT count(*) FROM links) FROM links WHERE id = ?"
            )
            let row = try Row.fetchOne(statement, arguments: [id])
            return (row.map { LedgerRow($0) }, row.map { $0[13] } ?? 0)
        }
        guard let found, let row = found.row else { return nil }
        let count = state.withLock { state in
            state.rows[id] = row
            return state.rows.count
        }
        require(found.count >= count, "the ledger has \(found.count) rows, and had \(count)")
        return row
    }

    private func read<Value>(_ body: (Database) throws -> Value) -> Value? {
        guard let eye = state.withLock({ $0.eye }) else { return nil }
        do {
            return try eye.unsafeRead(body)
        } catch {
            trace.fail("the ledger cannot be read: \(error)")
            return nil
        }
    }

    private static func openEye(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
