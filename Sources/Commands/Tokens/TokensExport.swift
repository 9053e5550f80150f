import ArgumentParser
import Domain
import Ledger
import Reports

/// `relink tokens export`: the only way an access token leaves the ledger.
struct TokensExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the access tokens that exist only in the ledger to a file or into a command.",
        discussion: """
            Plaid gives an access token once, in exchange for a public one; until it is exported it is here and nowhere \
            else. The first columns are those of relink run's input. Tokens count as given out once the file is in its \
            place, or the command ended with 0; then --forget wipes them from the ledger, and without it they can be \
            had again with --all. Whoever has the file has the customers' accounts: keep it as you keep access tokens.
            Exit codes: 0 done, also where there was none, 64 usage, 66 no such ledger, 73 and 74 cannot create or write, \
            75 ledger in use, 78 misconfigured, or tokens are sealed with another key.
            """
    )

    @Option(help: "Write to this file, which only you can read.")
    var output: String?

    @Option(help: ArgumentHelp("Have /bin/sh run this, and write into it.", valueName: "command"))
    var command: String?

    @Option(help: "csv or jsonl.")
    var format: LineFormat = .csv

    @Flag(help: "Also those that were given out before.")
    var all = false

    @Flag(help: "Wipe from the ledger what was given out.")
    var forget = false

    @Option(help: "How long the command may take. Default: 60s.")
    var commandTimeout: String?

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var verbosity: VerbosityOptions

    func validate() throws {
        if (output == nil) == (command == nil) {
            throw ValidationError("Give --output FILE or --command COMMAND: tokens go to no screen.")
        }
    }

    func run() async throws {
        try await CommandFailure.translating { try await perform() }
    }

    private func perform() async throws {
        let reader = try await configuration.reader()
        let path = try ledger.place(reader)
        let known = try LedgerReader(path)
        let wiring = try Wiring(asking: connection, reader, environment: known.environment(), verbosity)
        let limit = try timeout()
        let session = CallingSession(
            wiring: wiring,
            path: path,
            command: Invocation(arguments: Surroundings.arguments).command
        )
        let work = try await session.begin()
        let exchanges = try await checked(work.ledger)
        guard !exchanges.isEmpty else {
            try await work.ledger.finish(at: Surroundings.now())
            if !verbosity.quiet { Console.tell("There are no access tokens to be given out.") }
            return
        }
        try await give(work.ledger, reader, known, limit)
        try await work.ledger.noteExport(exchanges, forget: forget, at: Surroundings.now())
        try await work.ledger.finish(at: Surroundings.now())
        guard !verbosity.quiet else { return }
        let wiped = forget ? "; they are wiped from the ledger" : ""
        Console.tell("Gave out \(exchanges.count) access tokens\(wiped).")
    }

    /// The exchanges whose tokens are to be given out, all of which can be opened.
    private func checked(_ ledger: LedgerWriter) async throws -> [Int64] {
        var exchanges: Set<Int64> = []
        var sealed = 0
        try await forEach(ledger) { tokens in
            exchanges.formUnion(tokens.map(\.exchange))
            sealed += tokens.count { $0.accessToken == nil }
        }
        guard sealed == 0 else {
            throw CommandFailure(
                .misconfigured,
                "\(sealed) access tokens of the ledger cannot be opened: they were sealed with another "
                    + "RELINK_LEDGER_KEY, or without one with the PLAID_SECRET of then. Give that, and export again."
            )
        }
        return exchanges.sorted()
    }

    private func give(
        _ ledger: LedgerWriter,
        _ reader: SettingsReader,
        _ known: LedgerReader,
        _ limit: Duration
    ) async throws {
        let read = FilesRead(reader, inputs: try known.inputFiles())
        let destination =
            if let output {
                TokenDestination.file(try AtomicFile(output, sparing: read))
            } else {
                try TokenDestination(command: command ?? "")
            }
        let table = LineTable.tokens(format)
        do {
            var header: [UInt8] = []
            table.appendHeader(to: &header)
            try destination.write(header)
            try await forEach(ledger) { tokens in
                var buffer: [UInt8] = []
                for token in tokens { table.append(token, to: &buffer) }
                try destination.write(buffer)
            }
        } catch {
            await destination.abandon()
            throw error
        }
        try await destination.complete(within: limit)
    }

    private func forEach(_ ledger: LedgerWriter, _ body: ([KeptToken]) throws -> Void) async throws {
        var last: Link.ID = 0
        while case let tokens = try await ledger.keptTokens(after: last, limit: 500, again: all), let end = tokens.last
        {
            try body(tokens)
            last = end.link
        }
    }

    private func timeout() throws -> Duration {
        guard let commandTimeout else { return .seconds(60) }
        guard let limit = ValueForms.duration(commandTimeout), limit > .zero else {
            throw CommandFailure(.usage, "--command-timeout \(commandTimeout) is not a duration such as 60s.")
        }
        return limit
    }
}
