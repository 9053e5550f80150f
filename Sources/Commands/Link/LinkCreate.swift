import ArgumentParser
import Domain
import Intake
import Ledger
import Pacing
import Pipeline
import Reports

/// `relink link create`: link tokens in bulk.
struct LinkCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Have Plaid make a link token for each row: to repair its connection, or to make one.",
        discussion: """
            Rows with an access token get update mode, which keeps token and accounts; rows without one, and those whose \
            connection Plaid says is gone, a new connection. Rows need an owner, the rest of relink run's columns may be \
            empty. The same command again makes what is missing or has expired. The file lets whoever has it open Link \
            in the customers' names: keep it as you keep access tokens.
            Exit codes: 0 everybody has a token, 1 some rows failed or are invalid, 64 usage, 65 unusable input, 66 no \
            such input or ledger, 73 and 74 cannot create or write, 75 try again later, 77 credentials or form refused, \
            78 misconfigured, 130 and 143 interrupted.
            """
    )

    @OptionGroup var input: InputOptions

    @Option(
        help: """
            Only rows that the ledger has in these states, parted by commas, as needs_user; unhealthy are those whose \
            connection relink items check found in need of its user.
            """
    )
    var fromLedger: String?

    @Option(help: "csv or jsonl.")
    var format: LineFormat = .csv

    @Option(help: "Write to this file, which only you can read. Default: standard output.")
    var output: String?

    @OptionGroup var form: LinkFormOptions

    @Option(help: "Plaid calls at most, as N/s, N/min, N/h or unlimited. Default: 400/min.")
    var plaidRate: String?

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
        let known = try LedgerReader(path)
        let rate = try Deployment.rate(.plaidRate, plaidRate, reader) ?? RateSchedule(.perMinute(400))
        let wiring = try Wiring(
            asking: connection,
            reader,
            environment: known.environment(),
            verbosity,
            plaidRate: rate,
            keepsRates: false
        )
        let session = InvitationSession(
            wiring: wiring,
            path: path,
            invocation: Invocation(arguments: Surroundings.arguments),
            form: try form.form(reader),
            choice: try InvitationChoice(fromLedger: fromLedger),
            isQuiet: verbosity.quiet,
            isJSON: json
        )
        let source = try await input.invitees(reader, environment: wiring.deployment.environment)
        let read = input.filesRead(reader)
        if let output { try AtomicFile.check(output, sparing: read) }
        return try await session.perform(source) { ledger in
            try await write(ledger, to: try OutputDestination(path: output, sparing: read))
            return output
        }
    }

    /// Writes the invitations of this run, a piece at a time.
    private func write(_ ledger: LedgerWriter, to destination: OutputDestination) async throws {
        let table = LineTable.invitations(format)
        var buffer: [UInt8] = []
        var last: Invitation.ID = 0
        table.appendHeader(to: &buffer)
        while case let invitations = try await ledger.invitations(after: last, limit: 500), let end = invitations.last {
            for invitation in invitations { table.append(invitation, to: &buffer) }
            try destination.write(buffer)
            buffer.removeAll(keepingCapacity: true)
            last = end.id
        }
        try destination.write(buffer)
        try destination.complete()
    }
}

extension LineFormat: ExpressibleByArgument {}
