import Domain

/// The command to type after a run.
struct NextCommand {
    let invocation: Invocation
    let summary: RunSummary
    /// The rows of the run's input by state.
    let states: [RowState: Int]

    /// The options that another command needs to work on the same ledger and servers.
    private static let lasting: Set<String> = [
        "--ledger", "--env", "--plaid-url", "--bond-url", "--ca-file", "--config", "--settle", "--bond-rate",
    ]
    private static let ledgerOnly: Set<String> = ["--ledger", "--config"]

    /// The command, or nothing where there is nothing to do.
    var text: String? {
        func some(_ wanted: RowState...) -> Bool { wanted.contains { states[$0, default: 0] > 0 } }
        if summary.verdict.exitCode == 0 { return nil }
        if summary.stop != nil { return invocation.command }
        // Rows that are still in doubt at the end of a run could not be told by Bond's list as it is.
        if some(.inDoubt) { return invocation.command(["reconcile", "--trust-list"], keeping: Self.lasting) }
        if some(.pending, .minted, .retryable) { return invocation.command }
        let wanted = [RowState.needsUser, .rejected, .held, .unlinked, .invalid].filter { states[$0, default: 0] > 0 }
        let list = wanted.map(\.rawValue).joined(separator: ",")
        return invocation.command(["report", "--format", "csv", "--state", list], keeping: Self.ledgerOnly)
    }
}
