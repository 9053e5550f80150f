import ArgumentParser
import Domain
import Ledger
import Pacing
import Pipeline

/// `relink link collect`: what became of customers' times with Plaid Link.
struct LinkCollect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Ask Plaid what became of the invitations, and link the accounts that customers connected.",
        discussion: """
            Takes relink link create's input. Plaid knows what became of a session for six hours, and a new connection's \
            public token lasts half an hour: run this every few minutes while customers are invited. Who connected a \
            bank is exchanged, and every account chosen goes on as a row of relink run does; who repaired a connection \
            is believed when Plaid says that it works, and its row goes on unless it is linked. Rows of earlier times \
            that are not linked yet are tried again.
            Exit codes are those of relink run, about the rows that came of it; that customers have not been there yet \
            is no failure.
            """
    )

    @OptionGroup var input: InputOptions
    @Flag(help: "Link in production without asking.")
    var yes = false

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var connection: ConnectionOptions

    @Option(help: "Plaid calls at most, as N/s, N/min, N/h or unlimited. Default: 400/min.")
    var plaidRate: String?

    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var verbosity: VerbosityOptions

    @Flag(help: "Print one summary document (JSON) on standard output.")
    var json = false

    func run() async throws {
        let summary = try await CommandFailure.translating { try await perform() }
        if json {
            try Console.write(line: SummaryDocumentText.json(summary))
        } else if !verbosity.quiet {
            try Console.write(line: SummaryDocumentText.text(summary))
        }
        if let stop = summary.stop, json || verbosity.quiet {
            Console.tell("relink: \(SummaryDocumentText.reason(stop))")
        }
        if summary.verdict.exitCode != 0 { throw CommandFailure(exitCode: summary.verdict.exitCode) }
    }

    private func perform() async throws -> RunSummary {
        let reader = try await configuration.reader()
        let path = try ledger.place(reader)
        let known = try LedgerReader(path)
        let rate = try Deployment.rate(.plaidRate, plaidRate, reader) ?? RateSchedule(.perMinute(400))
        let wiring = try Wiring(
            asking: connection,
            reader,
            environment: known.environment(),
            verbosity,
            plaidRate: rate
        )
        let invitees = try await input.invitees(reader, environment: wiring.deployment.environment)
        try ProductionConsent(yes: yes).ask(input.inputs, wiring.deployment, ledger: path)
        let tally = SessionTally()
        var summary = try await session(wiring, path, invitees, tally).perform()
        summary.sessions = tally.counts
        return summary
    }

    private func session(
        _ wiring: Wiring,
        _ path: LedgerPlace,
        _ invitees: InviteeFiles,
        _ tally: SessionTally
    ) -> RunSession<SessionRows<InviteeFiles>> {
        var session = RunSession(
            wiring: wiring,
            meter: InputMeter(),
            minimum: RowMinimum(least: nil),
            path: path,
            invocation: Invocation(arguments: Surroundings.arguments),
            mayCreate: false,
            isQuiet: verbosity.quiet
        ) { work in
            SessionRows(
                invitees,
                tools: work.tools,
                board: work.board,
                control: work.control,
                ledger: work.ledger,
                tally: tally
            ) { Console.tell($0) }
        }
        // What runs are counted by, and the invalid lines of the last one, are left alone.
        session.kind = .resolve
        session.afterwards = { work in
            guard work.board.stop == nil else { return }
            try await tally.keep(in: work.ledger, at: Surroundings.now())
            // The lines of the input, of which few come to rows.
            if let shortage = invitees.minimum.shortage(rows: tally.lines) {
                _ = work.board.note(.unusableInput(shortage))
            }
        }
        return session
    }
}
