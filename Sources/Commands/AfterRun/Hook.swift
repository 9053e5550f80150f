import Domain
import Reports

/// A command of the user's that is run after a run.
struct Hook: Sendable {
    /// The flag that names it, for what is told of it.
    let name: String
    let command: String
    let timeout: Duration

    /// Runs it with what it may know, and tells where it fails.
    func run(after ending: RunEnding, ledger: String) async {
        let file = ending.summary.flatMap(summaryFile)
        defer { file?.remove() }
        let environment = HookEnvironment(
            inherited: Surroundings.environment,
            ending: ending,
            ledger: ledger,
            summaryPath: file?.path
        )
        do {
            let child = try ChildProcess(shell: command, environment: environment.variables)
            if let why = await child.ending(within: timeout).failure { tell(why) }
        } catch {
            tell("\(error)")
        }
    }

    private func summaryFile(_ summary: RunSummary) -> PrivateFile? {
        do {
            return try PrivateFile(name: "relink-summary", text: SummaryDocument(summary).json + "\n")
        } catch {
            tell("its RELINK_SUMMARY is empty: \((error as? CommandFailure)?.message ?? "\(error)")")
            return nil
        }
    }

    private func tell(_ why: String) {
        Console.tell("relink: \(name): \(why)")
    }
}
