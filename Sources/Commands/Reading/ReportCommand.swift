import ArgumentParser
import Domain
import Ledger
import Reports

/// `relink report`: the outcome of every row, for the people who must act.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the outcome of every row, also while a run is going on."
    )

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "csv, jsonl, json or markdown.")
    var format: ReportFormat = .csv

    @Option(help: "Only rows in these states, parted by commas.")
    var state: String?

    @Flag(help: "Only linked rows: which account became which link.")
    var mapping = false

    @Option(help: "Write to this file, which appears when it is complete. Default: standard output.")
    var output: String?

    @Flag(help: "Defuse cells that a spreadsheet would take for formulas (CSV).")
    var spreadsheetSafe = false

    func run() async throws {
        let states = try states()
        try await CommandFailure.translating {
            let path = ledger.path(try await configuration.reader())
            let reader = try LedgerReader(path: path)
            try write(reader, states, path)
        }
    }

    private func write(_ ledger: LedgerReader, _ states: Set<RowState>?, _ path: String) throws {
        let destination = try OutputDestination(path: output)
        let subject = ReportSubject(
            ledger: path,
            environment: DeploymentEnvironment(rawValue: try ledger.environment()),
            madeAt: Surroundings.now()
        )
        var report = RowReport(format: format, spreadsheetSafe: spreadsheetSafe, about: subject)
        var buffer: [UInt8] = []
        report.appendHeader(to: &buffer)
        try ledger.forEachRow(in: states) { row in
            report.append(row, to: &buffer)
            guard buffer.count > 64 * 1_024 else { return }
            try destination.write(buffer)
            buffer.removeAll(keepingCapacity: true)
        }
        report.appendFooter(to: &buffer)
        try destination.write(buffer)
        try destination.complete()
    }

    private func states() throws -> Set<RowState>? {
        guard !mapping else { return [.linked] }
        guard let names = state?.split(separator: ",").map(String.init) else { return nil }
        let states = names.compactMap(RowState.init(rawValue:))
        guard states.count == names.count else {
            let known = RowState.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "--state takes any of \(known).")
        }
        return Set(states)
    }
}

extension ReportFormat: ExpressibleByArgument {}
