package import Domain
import GRDB
package import Ledger
import Logging
import Pacing
package import Pipeline
import Synchronization

/// One ledger and one world, and runs over them, one after the other.
package final class RunRig: Sendable {
    /// What a run came to.
    package struct Outcome: Sendable {
        package let rows: RunSummary.Rows
        package let calls: [API: RunSummary.Calls]
        package let recovered: Int
        package let stop: RunStop?
        package let error: (any Error)?
        /// The rows of the input by state.
        package let states: [RowState: Int]

        init(_ board: RunBoard, error: (any Error)?, states: [RowState: Int]) {
            (rows, calls, recovered, stop) = (board.rows, board.calls, board.recovered, board.stop)
            (self.error, self.states) = (error, states)
        }
    }

    /// Stops the run from within a call.
    package typealias Stopper = @Sendable (RunStop) async -> Void
    /// Is called while a POST is out.
    package typealias PostHook = @Sendable (Owner, String, @escaping Stopper) async -> Void

    package let world: World
    package let path: String
    private let runs = Mutex(0)

    package init(_ world: World, path: String) {
        self.world = world
        self.path = path
    }

    /// Looks into the ledger; it has to be there.
    package func eye() throws -> LedgerEye {
        try LedgerEye(path)
    }

    /// Opens the ledger as the next run does.
    package func open(key: LedgerKeys.Source? = .plaidSecret(Secret("plaid-secret"))) throws -> LedgerWriter {
        let number = runs.withLock { runs in
            runs += 1
            return runs
        }
        return try LedgerWriter(
            Sample.opening(path, key: key, runID: "run-\(number)", at: world.clock.now, callTimeout: .seconds(30))
        )
    }

    /// Takes the rows through a whole run.
    package func run(
        _ rows: [InputRow],
        batch: Int = 100,
        settings: RunSettings = RunSettings(),
        fate: (@Sendable (Int, LinkChange) -> FaultyLedger.Fate)? = nil,
        sharing: (@Sendable (LedgerWriter) -> SharedDesk)? = nil,
        onMint: ScriptedPlaid.Hook? = nil,
        onPost: PostHook? = nil,
        onList: (@Sendable (Owner, Stopper) async -> Void)? = nil
    ) async throws -> Outcome {
        try await run(
            ArrayRows(rows, batch: batch),
            settings: settings,
            fate: fate,
            sharing: sharing,
            onMint: onMint,
            onPost: onPost,
            onList: onList
        )
    }

    /// Takes an input through a whole run.
    package func run<Source: RowSource>(
        _ source: Source,
        settings: RunSettings = RunSettings(),
        key: LedgerKeys.Source? = .plaidSecret(Secret("plaid-secret")),
        fate: (@Sendable (Int, LinkChange) -> FaultyLedger.Fate)? = nil,
        sharing: (@Sendable (LedgerWriter) -> SharedDesk)? = nil,
        onMint: ScriptedPlaid.Hook? = nil,
        onPost: PostHook? = nil,
        onList: (@Sendable (Owner, Stopper) async -> Void)? = nil
    ) async throws -> Outcome {
        let ledger = try open(key: key)
        let eye = try eye()
        let board = RunBoard()
        let sleepers = Sleepers(world.clock.pacing)
        let gates = [API.plaid, .bond].map { _ in
            CallGate(rate: .unlimited, concurrency: settings.concurrency, clock: sleepers.clock, jitter: { 0.5 })
        }
        let handoff = Handoff(capacity: settings.concurrency * 2)
        let control = RunControl(board: board, gates: gates, rooms: [handoff], sleepers: sleepers)
        let tools = tools(
            sharing?(ledger) ?? fate.map { FaultyLedger(ledger, fate: $0) } ?? ledger,
            ScriptedPlaid(world, hook: onMint),
            bond(eye, control, onPost: onPost, onList: onList),
            gates,
            sleepers.clock,
            settings
        )
        var failure: (any Error)?
        do {
            try await Run(tools: tools, board: board, handoff: handoff, control: control).perform(source)
        } catch {
            failure = error
        }
        // No stamp of the next run is to be the same as one of this.
        world.clock.advance(by: .milliseconds(1))
        return Outcome(board, error: failure, states: try await ledger.statesOfInput())
    }

    /// Bond, whose every POST needs its intent to have been made durable.
    private func bond(
        _ eye: LedgerEye,
        _ control: RunControl,
        onPost: PostHook?,
        onList: (@Sendable (Owner, Stopper) async -> Void)?
    ) -> ScriptedBond {
        ScriptedBond(
            world,
            onPost: { [world] owner, account in
                Self.checkIntent(owner, account, eye, world)
                await onPost?(owner, account, { control.stop($0) })
            },
            onList: { owner in await onList?(owner, { control.stop($0) }) }
        )
    }

    private func tools(
        _ ledger: any RunLedger,
        _ plaid: ScriptedPlaid,
        _ bond: ScriptedBond,
        _ gates: [CallGate],
        _ clock: PacingClock,
        _ settings: RunSettings
    ) -> RunTools {
        RunTools(
            ledger: ledger,
            plaid: plaid,
            bond: bond,
            plaidGate: gates[0],
            bondGate: gates[1],
            clock: clock,
            now: { [world] in world.clock.now },
            jitter: { 0.5 },
            settings: settings,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    /// The intent, and the token's own commit, must be readable by others before the POST leaves.
    private static func checkIntent(_ owner: Owner, _ account: String, _ eye: LedgerEye, _ world: World) {
        do {
            let row = try eye.row(
                "SELECT id, state, intent_at FROM links WHERE owner_key = ? AND account_id = ?",
                [owner.key, account]
            )
            guard let row, row["state"] == "posting", row["intent_at"] as Int64? != nil else {
                return world.note(fault: "POST of \(account) without a durable intent")
            }
            let link: Int64 = row["id"]
            let mints = try eye.int(
                "SELECT count(*) FROM attempts WHERE link = ? AND call = 'mint' AND result = 'ok'",
                [link]
            )
            if mints == 0 { world.note(fault: "POST of \(account) before its token was on record") }
        } catch {
            world.note(fault: "the ledger cannot be read during the POST of \(account): \(error)")
        }
    }
}
