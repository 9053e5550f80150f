package import Domain
import Pacing

/// Finds the old links of the customers whose new links are usable by what Bond lists now; changes nothing.
package struct CutoverPlanner: Sendable {
    private let tools: RunTools
    private let control: RunControl
    private let ledger: any CutoverLedger
    private let lister: OwnerListing

    /// Prepares a plan.
    ///
    /// - Parameters:
    ///   - tools: What it works with.
    ///   - board: Counts the calls, and says why they stop.
    ///   - control: Stops them.
    ///   - ledger: Whose linked rows are the new links.
    package init(tools: RunTools, board: RunBoard, control: RunControl, ledger: any CutoverLedger) {
        self.tools = tools
        self.control = control
        self.ledger = ledger
        lister = OwnerListing(tools: tools, board: board, control: control)
    }

    /// Looks at every owner with linked rows, one list each, and hands out what there is to say of each, in order.
    ///
    /// After a stop no more owners are looked at.
    ///
    /// - Throws: What the ledger or `report` throws.
    package func perform(_ report: (Owner, CutoverOutcome) throws -> Void) async throws {
        var last: Owner?
        while control.isGoing {
            let owners = try await ledger.ownersWithLinks(after: last, limit: tools.settings.concurrency)
            guard let newest = owners.last else { return }
            last = newest
            for (owner, outcome) in zip(owners, try await outcomes(of: owners)) { try report(owner, outcome) }
        }
    }

    private func outcomes(of owners: [Owner]) async throws -> [CutoverOutcome] {
        try await withThrowingTaskGroup(of: (Int, CutoverOutcome).self) { group in
            for (position, owner) in owners.enumerated() {
                group.addTask { (position, try await outcome(of: owner)) }
            }
            var outcomes = Array(repeating: CutoverOutcome.unreached, count: owners.count)
            for try await (position, outcome) in group { outcomes[position] = outcome }
            return outcomes
        }
    }

    private func outcome(of owner: Owner) async throws -> CutoverOutcome {
        do {
            let call = try await lister.list(owner)
            guard case .success(let listed) = call.reply else {
                let missing = await lister.missing(call)
                return missing.isAnswer ? .noList(missing.failure) : .unreached
            }
            let owned = try await tools.ledger.owned(
                among: listed.flatMap { [$0.linkedAccountID, $0.accountID].compactMap(\.self) }
            )
            return try await ledger.cutoverStanding(of: owner).outcome(owner, listed: listed, owned: owned)
        } catch is CallGate.Closed, is CancellationError {
            return .unreached
        }
    }
}
