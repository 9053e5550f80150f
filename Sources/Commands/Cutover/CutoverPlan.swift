import ArgumentParser
import Domain
import Ledger
import Pacing
import Pipeline
import Reports

/// `relink cutover plan`: which links of before have a new one that takes their place.
struct CutoverPlan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "List the old links of every customer whose new link is usable now, for a person to approve.",
        discussion: """
            Asks Bond once for each customer with a linked row; nothing is changed there. An old link is one that Bond \
            lists and that no row of the ledger has. Write yes into the column approve of those that are to go, then give \
            the file to relink cutover remove.
            Exit codes: 0 there is a plan, which may be empty; 1 there is one, and some customers are not ready and not in \
            it; 64 usage, 66 no such ledger, 73 and 74 cannot create or write, 75 try again later, 77 credentials refused, \
            78 misconfigured, 130 and 143 interrupted: then there is no plan.
            """
    )

    @Option(help: "Write to this file, which only you can read. Default: standard output.")
    var output: String?

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var verbosity: VerbosityOptions

    @Flag(help: "Print one summary document (JSON) on standard output; needs --output.")
    var json = false

    func validate() throws {
        if json, output == nil { throw ValidationError("--json needs --output: both would be on standard output.") }
    }

    func run() async throws {
        let code = try await CommandFailure.translating { try await perform() }
        if code != 0 { throw CommandFailure(exitCode: code) }
    }

    private func perform() async throws -> Int32 {
        let reader = try await configuration.reader()
        let path = try ledger.place(reader)
        let wiring = try Wiring(asking: connection, reader, ledger: path, verbosity)
        let session = CutoverSession(
            wiring: wiring,
            path: path,
            invocation: Invocation(arguments: Surroundings.arguments),
            isQuiet: verbosity.quiet,
            isJSON: json
        )
        let read = FilesRead(reader)
        if let output { try AtomicFile.check(output, sparing: read) }
        return try await session.perform(output, sparing: read)
    }
}

extension Wiring {
    /// What a command works with that needs the ledger of a migration that has begun, of this environment and client.
    ///
    /// - Parameters:
    ///   - connection: Which servers.
    ///   - reader: The settings.
    ///   - path: The ledger's absolute path.
    ///   - verbosity: How much is said.
    /// - Throws: `CommandFailure` where a setting cannot be used, and `LedgerError` where the ledger cannot.
    init(
        asking connection: ConnectionOptions,
        _ reader: SettingsReader,
        ledger path: LedgerPlace,
        _ verbosity: VerbosityOptions
    ) throws {
        let known = try LedgerReader(path)
        try self.init(asking: connection, reader, environment: known.environment(), verbosity)
        try LedgerOwner.check(
            path,
            environment: deployment.environment,
            plaidClientID: deployment.credentials.plaidClientID.exposed
        )
    }
}
