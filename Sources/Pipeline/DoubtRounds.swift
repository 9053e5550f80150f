import Domain
import Pacing

/// Reconciles all owners in doubt: at the start of a run without waiting, at its end with.
package actor DoubtRounds {
    private let tools: RunTools
    private let board: RunBoard
    private let reconciler: Reconciler
    private let lanes: Lanes
    /// The owners that are asked about; nothing means all who have a row in doubt.
    private let only: Set<Owner>?
    private var isProven = false
    /// Owners whose doubts only a person can settle: asking Bond again in this run would change nothing.
    private var hopeless: Set<Owner> = []

    init(tools: RunTools, board: RunBoard, reconciler: Reconciler, lanes: Lanes, only: Set<Owner>? = nil) {
        self.only = only
        self.tools = tools
        self.board = board
        self.reconciler = reconciler
        self.lanes = lanes
    }

    /// Makes rounds outside a run, where no row is on its way.
    package init(tools: RunTools, board: RunBoard, control: RunControl) {
        self.init(
            tools: tools,
            board: board,
            reconciler: Reconciler(tools: tools, board: board, control: control),
            lanes: Lanes()
        )
    }

    /// Settles what earlier runs left, as far as it can be told now, and holds back the owners of the rest.
    func settleOld() async throws {
        try await settle(waiting: false)
    }

    /// Settles what has come into doubt since, and waits until it can be told.
    ///
    /// - Returns: Whether other workers are settling some.
    @discardableResult
    package func settleNew() async throws -> Bool {
        try await settle(waiting: true)
    }

    @discardableResult
    private func settle(waiting: Bool) async throws -> Bool {
        let all = try await tools.ledger.ownersInDoubt()
        lanes.unblock(allBut: Set(all))
        let inDoubt = all.filter { !hopeless.contains($0) && only?.contains($0) ?? true }
        for owner in inDoubt { lanes.block(owner) }
        let owners = try await tools.ledger.shared?.claim(inDoubt) ?? inDoubt
        defer { for owner in owners { tools.ledger.shared?.release(owner) } }
        try await settle(owners, waiting: waiting)
        return owners.count < inDoubt.count
    }

    private func settle(_ owners: [Owner], waiting: Bool) async throws {
        guard !owners.isEmpty else { return }
        board.noteDoubts(owners.count)
        defer { board.noteDoubts(nil) }
        if !isProven, !tools.settings.trustList { isProven = try await reconciler.isListingProven(waiting: waiting) }
        let left = try await settleAll(owners, waiting: waiting, proven: isProven)
        for owner in owners where !left.contains(owner) { lanes.unblock(owner) }
        if waiting { hopeless.formUnion(left) }
    }

    /// Asks for several owners at a time; the gate keeps the pace.
    private nonisolated func settleAll(_ owners: [Owner], waiting: Bool, proven: Bool) async throws -> Set<Owner> {
        try await withThrowingTaskGroup(of: Owner?.self) { group in
            var left: Set<Owner> = []
            var rest = owners[...]
            while let owner = rest.popFirst() {
                if owners.count - rest.count > tools.settings.window, let unsettled = try await group.next() ?? nil {
                    left.insert(unsettled)
                }
                group.addTask { [reconciler, board] in
                    let isAnyLeft = try await reconciler.reconcile(owner, waiting: waiting, proven: proven)
                    board.countAsked()
                    return isAnyLeft ? owner : nil
                }
            }
            for try await unsettled in group { if let unsettled { left.insert(unsettled) } }
            return left
        }
    }
}
