import Domain
import Ledger
import Logging
import Pacing
import Pipeline
import RunSupport

/// What a command works with that is no run and calls Plaid for the lines of an input.
struct CallingDesk {
    let tools: RunTools
    let board: RunBoard
    let control: RunControl
    let ledger: LedgerWriter

    /// Opens the rig's ledger as such a command does, two calls at a time; who waits does so by the world's clock, unless
    /// another is given.
    init(_ rig: RunRig, clock: PacingClock? = nil) throws {
        ledger = try rig.open()
        board = RunBoard()
        let sleepers = Sleepers(clock ?? rig.world.clock.pacing)
        let gates = (0..<2).map { _ in
            CallGate(rate: .unlimited, concurrency: 4, clock: sleepers.clock, jitter: { 0.5 })
        }
        tools = RunTools(
            ledger: ledger,
            plaid: ScriptedPlaid(rig.world),
            bond: ScriptedBond(rig.world),
            plaidGate: gates[0],
            bondGate: gates[1],
            clock: sleepers.clock,
            now: { rig.world.clock.now },
            jitter: { 0.5 },
            settings: settings { $0.concurrency = 2 },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        control = RunControl(board: board, gates: gates, sleepers: sleepers)
    }
}
