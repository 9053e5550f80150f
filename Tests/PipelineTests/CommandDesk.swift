import Domain
import Ledger
import Logging
import Pacing
import Pipeline
import RunSupport

/// What a command that is no run works with, over a rig's world and its ledger, opened anew.
struct CommandDesk {
    let ledger: LedgerWriter
    let board = RunBoard()
    let control: RunControl
    let tools: RunTools

    /// Opens the ledger; `onList` is called while a list is out.
    init(_ rig: RunRig, onList: (@Sendable (Owner, RunControl) async -> Void)? = nil) throws {
        let opened = try rig.open()
        let sleepers = Sleepers(rig.world.clock.pacing)
        let gates = (0..<2).map { _ in
            CallGate(rate: .unlimited, concurrency: 4, clock: sleepers.clock, jitter: { 0.5 })
        }
        let control = RunControl(board: board, gates: gates, sleepers: sleepers)
        (ledger, self.control) = (opened, control)
        tools = RunTools(
            ledger: opened,
            plaid: ScriptedPlaid(rig.world),
            bond: ScriptedBond(rig.world, onList: { await onList?($0, control) }),
            plaidGate: gates[0],
            bondGate: gates[1],
            clock: sleepers.clock,
            now: { rig.world.clock.now },
            jitter: { 0.5 },
            settings: settings { $0.concurrency = 2 },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }
}
