import ArgumentParser
import Domain
import Ledger
import Reports

/// `relink report`: the outcome of every row, for the people who must act.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the outcome of every row, also while a run is going on.",
        discussion: """
            Without options: every row as CSV, ordered by owner and account, the last run's invalid lines at the end. \
            html is one page to look at; --split writes one file for each thing to be done; --compare shows what changed \
            between the ends of two runs, as --compare previous last.
            """
    )

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "csv, jsonl, json, markdown or html.")
    var format: ReportForm = .csv

    @OptionGroup var options: ReportOptions

    @Option(help: "Write to this file, which appears when it is complete. Default: standard output.")
    var output: String?

    @Flag(help: "Defuse cells that a spreadsheet would take for formulas (CSV).")
    var spreadsheetSafe = false

    func run() async throws {
        try options.check(format, output: output)
        try await CommandFailure.translating {
            let reader = try await configuration.reader()
            let path = try ledger.place(reader)
            let ledger = try LedgerReader(path)
            try write(ledger, path, sparing: FilesRead(reader, inputs: try ledger.inputFiles()))
        }
    }

    private func write(_ ledger: LedgerReader, _ path: LedgerPlace, sparing read: FilesRead) throws {
        let subject = ReportSubject(
            ledger: path.description,
            environment: DeploymentEnvironment(rawValue: try ledger.environment()),
            madeAt: Surroundings.now(),
            fullListCommand: Invocation(arguments: ["report", "--ledger", path.description] + fullListOptions).command
        )
        guard let rows = format.rows else { return try writePage(ledger, subject, path, sparing: read) }
        let writing = ReportWriting(
            ledger: ledger,
            format: rows,
            spreadsheetSafe: spreadsheetSafe,
            hasHealth: options.health,
            subject: subject
        )
        if let runs = try comparedRuns(ledger) {
            try writing.write(runs.before, runs.after, to: try OutputDestination(path: output, sparing: read))
        } else if let folder = options.split {
            try writing.write(matching: try options.filter(ledger), into: folder, sparing: read)
        } else {
            try writing.write(
                matching: try options.filter(ledger),
                to: try OutputDestination(path: output, sparing: read)
            )
        }
    }

    private func writePage(
        _ ledger: LedgerReader,
        _ subject: ReportSubject,
        _ path: LedgerPlace,
        sparing read: FilesRead
    ) throws {
        let run = try options.run.map { try ledger.run(named: $0) }
        let isRunning = path.isInUse
        let page = ReportPage(try ledger.figures(callsOf: run), about: subject, isRunning: isRunning)
        let destination = try OutputDestination(path: output, sparing: read)
        try destination.write(page.html)
        try destination.complete()
    }

    private func comparedRuns(_ ledger: LedgerReader) throws -> (before: RunOnRecord, after: RunOnRecord)? {
        guard options.compare.count == 2 else { return nil }
        let runs = try options.compare.map { try ledger.run(named: $0) }
        guard runs[0].number <= runs[1].number else {
            throw CommandFailure(
                .usage,
                "--compare takes the earlier run first: \(runs[1].id) was before \(runs[0].id)."
            )
        }
        return (runs[0], runs[1])
    }

    /// What the command that prints every row of this report repeats of this one; a page is about all rows.
    private var fullListOptions: [String] {
        ["--format", "csv"] + (format == .html ? [] : options.selection)
    }
}
