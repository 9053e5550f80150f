import ArgumentParser
import Domain
import Ledger
import Pacing

/// `relink run`: the main job.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Link the rows of the input; run it again to go on.",
        discussion: """
            Exit codes: 0 every row is linked, 1 some rows failed, 3 rows need a user or are in doubt, 4 stopped by a \
            limit, 64 usage, 65 unusable input, 66 no such input or ledger, 73 and 74 cannot create or write, 75 try \
            again later, 77 credentials or set-up refused, 78 misconfigured, 130 and 143 interrupted.
            """
    )

    @OptionGroup var input: InputOptions
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var options: RunOptions
    @OptionGroup var afterRun: AfterRunOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var verbosity: VerbosityOptions

    func run() async throws {
        let after = try await afterRun.plan(configuration, ledger, caFile: connection.caFile)
        let summary = try await after.following { try await perform(after.successCodes) }
        if summary.verdict.exitCode != 0 { throw CommandFailure(exitCode: summary.verdict.exitCode) }
    }

    private func perform(_ successCodes: Set<Int32>) async throws -> RunSummary {
        let session = try await prepare()
        var summary = try await session.perform()
        if let path = try await metricsFile() { writeMetrics(of: &summary, session.path, to: path, successCodes) }
        try show(summary)
        return summary
    }

    private func show(_ summary: RunSummary) throws {
        if options.json { try Console.write(line: SummaryDocumentText.json(summary)) }
        if !options.json, !verbosity.quiet { try Console.write(line: SummaryDocumentText.text(summary)) }
        if let stop = summary.stop, options.json || verbosity.quiet && !stop.isPlanned {
            Console.tell("relink: \(SummaryDocumentText.reason(stop))")
        }
        guard verbosity.logFormat == .json else { return }
        Console.tell(
            SummaryDocumentText.title(summary),
            event: .runFinished,
            [
                ("run_id", summary.runID), ("outcome", summary.verdict.outcome.rawValue),
                ("exit_code", "\(summary.verdict.exitCode)"),
            ]
        )
    }

    private func metricsFile() async throws -> String? {
        try await configuration.reader().text(.metricsFile, flag: options.metricsFile)
    }

    /// Writes the figures; that they cannot be written is what the run comes to, and its summary is shown all the same.
    private func writeMetrics(
        of summary: inout RunSummary,
        _ ledger: LedgerPlace,
        to path: String,
        _ successCodes: Set<Int32>
    ) {
        do {
            try MetricsFile(path, sparing: FilesRead()).write(summary, of: ledger, successCodes: successCodes)
            summary.files.append(path)
        } catch {
            let failure = error as? CommandFailure
            Console.tell("relink: \(failure?.message ?? "\(error)")")
            summary.verdict = RunVerdict(
                outcome: .unwritable,
                exitCode: failure?.exitCode ?? CommandFailure.Code.cannotWrite.rawValue
            )
            summary.next = summary.next ?? invocation.shareable.command
        }
    }

    private func prepare() async throws -> RunSession<InputFiles> {
        try await CommandFailure.translating {
            let reader = try await configuration.reader()
            let deployment = try Deployment(connection, reader)
            var settings = try options.settings(selection, reader)
            try deployment.complete(&settings, connection, reader)
            let wiring = Wiring(
                deployment: deployment,
                settings: settings,
                plaidRate: try selection.rate(reader),
                logger: verbosity.logger()
            )
            var read = input.filesRead(reader)
            if let plan = options.plan { read.add(plan, "the plan") }
            if let plan = options.plan {
                try PlanFile(plan).check(
                    inputs: input.inputs,
                    ledger: try ledger.place(reader),
                    environment: deployment.environment
                )
            }
            let source = try await input.open(reader, environment: deployment.environment)
            if let path = reader.text(.metricsFile, flag: options.metricsFile) {
                try AtomicFile.check(path, sparing: read)
            }
            try ProductionConsent(yes: options.yes).ask(input.inputs, deployment, ledger: try ledger.place(reader))
            return RunSession(
                wiring: wiring,
                meter: source.meter,
                minimum: source.minimum,
                path: try ledger.place(reader),
                invocation: invocation,
                mayCreate: deployment.environment != .production || options.newLedger,
                isQuiet: verbosity.quiet,
                sharesLedger: true,
                source: { _ in source }
            )
        }
    }

    private var invocation: Invocation {
        Invocation(arguments: Surroundings.arguments)
    }
}
