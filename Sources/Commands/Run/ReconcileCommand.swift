import ArgumentParser
import Domain
import Ledger
import Logging
import Pacing
import Pipeline

/// `relink reconcile`: settles what is in doubt; with `--all`, compares ledger and Bond both ways.
struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Settle what is in doubt by what Bond lists.",
        discussion: """
            With --all, every link is compared, and one line printed for each: = both have it, + only the ledger, \
            - only Bond, * Bond says it is gone, ! Bond's list could not be had.
            Exit codes: 0 nothing is in doubt, and with --all nothing differs; 1 something differs; 3 rows are in doubt.
            """
    )

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var verbosity: VerbosityOptions

    @Flag(help: "Compare every linked row with Bond's list, both ways.")
    var all = false

    func run() async throws {
        try await CommandFailure.translating {
            let reader = try await configuration.reader()
            var connection = connection
            // The ledger knows whose it is.
            if reader.text(.env, flag: connection.env) == nil {
                connection.env = try LedgerReader(ledger.place(reader)).environment()
            }
            let deployment = try Deployment(connection, reader)
            var settings = RunSettings()
            try deployment.complete(&settings, connection, reader)
            let wiring = Wiring(
                deployment: deployment,
                settings: settings,
                plaidRate: RateSchedule(.unlimited),
                logger: verbosity.logger()
            )
            let session = ReconcileSession(
                wiring: wiring,
                path: try ledger.place(reader),
                command: Invocation(arguments: Surroundings.arguments).command
            )
            try await finish(try await session.perform(audit: all))
        }
    }

    private func finish(_ result: ReconcileSession.Result) async throws {
        if !verbosity.quiet {
            Console.tell("Settled by listing: \(result.recovered) linked. In doubt still: \(result.inDoubt).")
        }
        if !verbosity.quiet, let marks = result.marks { Console.tell(Self.totals(marks)) }
        if let stop = result.stop {
            Console.tell("relink: \(SummaryDocumentText.reason(stop))")
            throw CommandFailure(exitCode: RunVerdict(stop: stop, states: [:]).exitCode)
        }
        if result.inDoubt > 0 { throw CommandFailure(.needsAttention, nil) }
        if result.hasDifferences { throw CommandFailure(.rowsFailed, nil) }
    }

    private static func totals(_ marks: [Audit.Line.Mark: Int]) -> String {
        let parts = Audit.Line.Mark.allCases.map { "\(marks[$0, default: 0]) \($0.rawValue) (\(words($0)))" }
        return "Compared: " + parts.joined(separator: ", ") + "."
    }

    private static func words(_ mark: Audit.Line.Mark) -> String {
        switch mark {
        case .same: "both have it"
        case .onlyLedger: "only the ledger"
        case .onlyBond: "only Bond"
        case .different: "Bond says it is gone"
        case .error: "no list"
        }
    }
}
