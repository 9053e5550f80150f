import Domain
import GRDB
import Ledger
import Logging
import Pacing
import Pipeline
import RunSupport

/// Removes links of a rig's world, as the command does.
struct RemovalDesk {
    let rig: RunRig
    var form = RemovalForm.sdk
    var cardAccount: String?
    /// Fails a commit of a removal, by its number from 1.
    var failingCommit: Int?
    /// Is called while a DELETE is out.
    var onRemove: (@Sendable (String, RunControl) async -> Void)?

    /// What a removal came to.
    struct Outcome {
        let results: [RemovalResult]
        let stop: RunStop?

        /// The outcomes by link.
        var words: [String: String] {
            Dictionary(uniqueKeysWithValues: results.map { ($0.order.linkedAccountID, $0.outcome.rawValue) })
        }
    }

    /// Opens the ledger anew and removes.
    func remove(_ orders: [RemovalOrder]) async throws -> Outcome {
        let ledger = try rig.open()
        let board = RunBoard()
        let sleepers = Sleepers(rig.world.clock.pacing)
        let gates = (0..<2).map { _ in
            CallGate(rate: .unlimited, concurrency: 4, clock: sleepers.clock, jitter: { 0.5 })
        }
        let control = RunControl(board: board, gates: gates, sleepers: sleepers)
        let onRemove = onRemove
        let eye = try rig.eye()
        let bond = ScriptedBond(
            rig.world,
            onRemove: { link in
                Self.checkIntent(link, eye, rig.world)
                await onRemove?(link, control)
            }
        )
        let tools = RunTools(
            ledger: ledger,
            plaid: ScriptedPlaid(rig.world),
            bond: bond,
            plaidGate: gates[0],
            bondGate: gates[1],
            clock: sleepers.clock,
            now: { rig.world.clock.now },
            jitter: { 0.5 },
            settings: settings(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        let remover = Remover(
            tools: tools,
            board: board,
            control: control,
            removals: FailingRemovals(base: ledger, failingCommit: failingCommit),
            form: form,
            cardAccount: cardAccount
        )
        var results: [RemovalResult] = []
        try await RemovalWindow(remover: remover, control: control, width: 2).perform(NamedRemovals(orders)) { event in
            if case .result(let result) = event { results.append(result) }
        }
        rig.world.clock.advance(by: .milliseconds(1))
        return Outcome(results: results, stop: board.stop)
    }

    /// Removes one link.
    func remove(_ link: String, of customer: String) async throws -> Outcome {
        try await remove([Self.order(link, of: customer)])
    }

    static func order(_ link: String, of customer: String) -> RemovalOrder {
        RemovalOrder(owner: Owner(kind: .customer, id: customer), linkedAccountID: link)
    }

    /// The intent must be readable by others before the DELETE leaves.
    private static func checkIntent(_ link: String, _ eye: LedgerEye, _ world: World) {
        let open = try? eye.int(
            "SELECT count(*) FROM removals WHERE linked_account_id = ? AND outcome IS NULL AND intent_at IS NOT NULL",
            [link]
        )
        if open != 1 { world.note(fault: "DELETE of \(link) without a durable intent") }
    }
}

/// A ledger of removals of which one commit fails.
private struct FailingRemovals: RemovalLedger {
    let base: LedgerWriter
    let failingCommit: Int?
    private let count = Counter()

    init(base: LedgerWriter, failingCommit: Int?) {
        (self.base, self.failingCommit) = (base, failingCommit)
    }

    func standing(of order: RemovalOrder) async throws -> RemovalStanding {
        try await base.standing(of: order)
    }

    func commit(_ change: RemovalChange) async throws {
        if await count.next() == failingCommit { throw LedgerError.full(path: base.path) }
        try await base.commit(change)
    }

    private actor Counter {
        private var value = 0

        func next() -> Int {
            value += 1
            return value
        }
    }
}

/// Links customers 1 to `count`, and gives their links' ids by customer.
func linked(_ count: Int, _ rig: RunRig) async throws -> [String: String] {
    _ = try await rig.run(Sample.rows(count))
    return Dictionary(uniqueKeysWithValues: rig.world.links.map { ($0.owner.id, $0.id) })
}

/// Removals without an outcome.
func open(_ rig: RunRig) throws -> Int? {
    try rig.eye().int("SELECT count(*) FROM removals WHERE outcome IS NULL")
}
