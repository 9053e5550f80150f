package import Domain

/// Compares what the ledger says is linked with what Bond lists, both ways.
package struct Audit: Sendable {
    /// One line of the comparison; the marks are those of `rclone check --combined`, the ledger being the source.
    package struct Line: Sendable, Equatable {
        /// How the two sides compare.
        package enum Mark: String, Sendable, CaseIterable {
            /// Both have it.
            case same = "="
            /// Only the ledger has it.
            case onlyLedger = "+"
            /// Only Bond has it.
            case onlyBond = "-"
            /// Both have it, and Bond says that it is gone.
            case different = "*"
            /// Bond's list could not be had.
            case error = "!"
        }

        package let mark: Mark
        package let owner: Owner
        /// The link, or what went wrong.
        package let subject: String
    }

    private let tools: RunTools
    private let reconciler: Reconciler
    private let audited: any AuditLedger

    package init(tools: RunTools, reconciler: Reconciler, audited: any AuditLedger) {
        self.tools = tools
        self.reconciler = reconciler
        self.audited = audited
    }

    /// Compares every owner of the ledger, one list each, and hands out the lines in order.
    ///
    /// - Throws: `CallGate.Closed` when stopped, and what the ledger or `report` throws.
    package func perform(_ report: (Line) throws -> Void) async throws {
        let isProven = try await reconciler.isListingProven(waiting: true)
        var last: Owner?
        while true {
            let owners = try await audited.owners(after: last, limit: tools.settings.concurrency)
            guard let newest = owners.last else { return }
            last = newest
            for lines in try await compare(owners, isProven: isProven) { for line in lines { try report(line) } }
        }
    }

    private func compare(_ owners: [Owner], isProven: Bool) async throws -> [[Line]] {
        try await withThrowingTaskGroup(of: (Int, [Line]).self) { group in
            for (position, owner) in owners.enumerated() {
                group.addTask { (position, try await compare(owner, isProven: isProven)) }
            }
            var lines = Array(repeating: [Line](), count: owners.count)
            for try await (position, found) in group { lines[position] = found }
            return lines
        }
    }

    private func compare(_ owner: Owner, isProven: Bool) async throws -> [Line] {
        let rows = try await audited.linkedRows(of: owner)
        let call = try await reconciler.list(owner)
        guard case .success(let accounts) = call.reply else {
            let attempt = Attempt(.list, call)
            return [Line(mark: .error, owner: owner, subject: attempt.message ?? attempt.result.rawValue)]
        }
        let listed = Dictionary(accounts.map { ($0.linkedAccountID, $0) }, uniquingKeysWith: { first, _ in first })
        let own = try await compare(rows, with: listed, owner: owner, isProven: isProven, Attempt(.list, call))
        let owned = try await tools.ledger.owned(among: Array(listed.keys))
        let extra = accounts.filter { !$0.isRemoved && !owned.contains($0.linkedAccountID) }
        return own + extra.map { Line(mark: .onlyBond, owner: owner, subject: $0.linkedAccountID) }
    }

    private func compare(
        _ rows: [LinkedRow],
        with listed: [String: BondAccount],
        owner: Owner,
        isProven: Bool,
        _ attempt: Attempt
    ) async throws -> [Line] {
        var lines: [Line] = []
        for row in rows {
            let (mark, event) = verdict(on: row, listed[row.linkedAccountID], isProven: isProven)
            _ = try await tools.ledger.commit(LinkChange(row.link, event, at: tools.now(), attempt: attempt))
            lines.append(Line(mark: mark, owner: owner, subject: row.linkedAccountID))
        }
        return lines
    }

    private func verdict(
        on row: LinkedRow,
        _ account: BondAccount?,
        isProven: Bool
    ) -> (Line.Mark, LinkChange.Event) {
        guard let account else {
            guard isProven else { return (.onlyLedger, .noted) }
            guard row.missedAudits > 0 else { return (.onlyLedger, .missedByAudit) }
            let why = "Bond's list did not show the link in two audits"
            return (.onlyLedger, .unlinked(Failure(source: .bond, code: "link_missing", message: why)))
        }
        guard account.isRemoved else { return (.same, .seenByAudit(account)) }
        let why = "Bond lists the link as \(account.status ?? "removed")"
        return (.different, .unlinked(Failure(source: .bond, code: "link_removed", message: why)))
    }
}
