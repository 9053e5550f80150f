import ArgumentParser
import Domain
import Intake
import Reports

/// `relink validate`: reads the input and says what is wrong with it; no network, no ledger.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check the input without doing anything.",
        discussion: "Exit codes: 0 every row is valid, 65 some row is not, or there are fewer than --min-rows."
    )

    @OptionGroup var input: InputOptions
    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "sandbox, production or simulator (RELINK_ENV): whose tokens the rows hold. Default: sandbox.")
    var env: String?

    @Option(help: "Write every problem to this CSV file; tokens are left out.")
    var invalid: String?

    @Flag(help: "Print one document (JSON) on standard output.")
    var json = false

    func run() async throws {
        let (tally, files) = try await CommandFailure.translating {
            let reader = try await configuration.reader()
            let environment = try Deployment.environment(flag: env, reader)
            let files = try await input.open(reader, environment: environment)
            guard let invalid else { return (try await Validation().read(files) { _ in }, files) }
            return (try await write(files, to: invalid, sparing: input.filesRead(reader)), files)
        }
        try Console.write(line: json ? ValidationDocument(tally).json : ValidationText(tally, file: invalid).text)
        try files.minimum.check(rows: tally.read)
        if tally.invalid > 0 { throw CommandFailure(.unusableInput, nil) }
    }

    private func write(
        _ files: InputFiles,
        to path: String,
        sparing read: FilesRead
    ) async throws -> ValidationTally {
        let file = try AtomicFile(path, sparing: read)
        let csv = InvalidRowsCSV()
        var buffer: [UInt8] = []
        csv.appendHeader(to: &buffer)
        let tally = try await Validation().read(files) { problems in
            for problem in problems { csv.append(problem, to: &buffer) }
            try file.write(buffer)
            buffer.removeAll(keepingCapacity: true)
        }
        try file.write(buffer)
        try file.complete()
        return tally
    }
}
