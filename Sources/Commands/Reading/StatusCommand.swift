import ArgumentParser
import Domain
import Ledger
import Reports

/// `relink status`: the ledger now.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the ledger now: rows by state, frequent errors, last runs."
    )

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Print one document (JSON).")
    var json = false

    func run() async throws {
        let status = try await CommandFailure.translating {
            let path = try ledger.place(try await configuration.reader())
            let reader = try LedgerReader(path)
            var status = Self.status(try reader.overview(), path, isRunning: path.isInUse)
            status.openRemovals = try reader.openRemovals()
            return status
        }
        try Console.write(line: json ? StatusDocument(status).json : StatusText(status).text)
    }

    private static func status(_ overview: LedgerOverview, _ path: LedgerPlace, isRunning: Bool) -> LedgerStatus {
        var status = LedgerStatus(
            ledger: path.description,
            environment: DeploymentEnvironment(rawValue: overview.environment) ?? .sandbox,
            isRunning: isRunning
        )
        status.workers = overview.workers.map {
            LedgerStatus.Worker(holder: $0.holder, runID: $0.runID, isOverdue: $0.isOverdue)
        }
        status.states = overview.totals.states
        status.learnedRates = overview.learnedRates.mapValues { $0 * 60 }
        status.unhealthyRows = overview.items.unhealthyRows
        status.proposals = overview.items.proposals
        status.itemsCheckedAt = overview.items.checkedAt
        status.unexportedTokens = overview.unexportedTokens
        status.orphanTokens = overview.totals.orphanTokens
        status.errors = overview.codes.map { count in
            ErrorCount(
                Failure(source: Failure.Source(rawValue: count.source) ?? .network, code: count.code),
                count: count.rows
            )
        }
        status.runs = overview.runs.map { run in
            LedgerStatus.Run(
                id: run.id,
                startedAt: run.startedAt,
                finishedAt: run.finishedAt,
                outcome: run.outcome.flatMap(RunOutcome.init(rawValue:)),
                attempted: run.attempted ?? 0
            )
        }
        return status
    }
}
