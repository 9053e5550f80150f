import Domain

/// The command to type after a run.
struct NextCommand {
    let invocation: Invocation
    let summary: RunSummary
    /// The rows of the run's input by state.
    let states: [RowState: Int]
    /// Why rows are in doubt.
    let doubtCodes: Set<String>

    private static let ledgerOnly: Set<String> = ["--ledger", "--config"]

    /// The command, or nothing where there is nothing to do.
    var text: String? {
        func some(_ wanted: RowState...) -> Bool { wanted.contains { states[$0, default: 0] > 0 } }
        if summary.verdict.exitCode == 0 { return nil }
        if summary.stop == .sampled { return again.leavingOut("--sample").command }
        if summary.stop != nil { return again.command }
        if some(.inDoubt), let text = doubts { return text }
        if some(.pending, .minted, .retryable) { return again.command }
        let wanted = [RowState.inDoubt, .needsUser, .rejected, .held, .unlinked, .invalid]
            .filter { states[$0, default: 0] > 0 }
        let list = wanted.map(\.rawValue).joined(separator: ",")
        return invocation.command(["report", "--format", "csv", "--state", list], keeping: Self.ledgerOnly)
    }

    /// The same run once more: its plan is carried out, and its ledger is there; a second one would link all rows again.
    private var again: Invocation {
        invocation.leavingOut("--plan").leavingOut(flag: "--new-ledger").shareable
    }

    /// What settles rows in doubt; nothing where only a person can, who needs the report.
    private var doubts: String? {
        if doubtCodes.contains("listing_unproven") {
            return invocation.command(["reconcile", "--trust-list"], keeping: Invocation.lasting)
        }
        let isPassing = !doubtCodes.isSubset(of: Self.forPeople)
        return isPassing ? invocation.command(["reconcile"], keeping: Invocation.lasting) : nil
    }

    /// Codes of doubts that no list of Bond's settles.
    private static let forPeople: Set<String> = [
        "duplicate_account", "late_link", "clock_moved", "several_candidates", "unreadable_date",
        "link_owned_by_other_row", "verdict_taken_back",
    ]
}
