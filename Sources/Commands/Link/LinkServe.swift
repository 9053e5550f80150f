import ArgumentParser
import Domain
import Ledger
import LinkPage
import Pacing
import Pipeline
import Reports

/// `relink link serve`: a page of the brand's own for each invited customer.
struct LinkServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a page for each invited customer that opens Plaid Link, and link what they connect.",
        discussion: """
            Takes relink link create's input and writes each customer's address to --output: it cannot be guessed, and \
            whoever has it can act for the customer. A link token is made when the customer asks for Link. Who connects \
            a bank is exchanged, and every account chosen is linked; who repairs a connection is believed when Plaid \
            says that it works. A page that was closed in between loses nothing: Plaid is asked. The ledger is this \
            command's while it serves; stop it (SIGTERM) for other runs. For banks with OAuth give --redirect-uri, \
            the base address and /oauth, and allow it in Plaid's dashboard. With --receive-webhooks, or --webhook with \
            the base address and /webhook, Plaid's webhooks are taken there once their signature is checked, and who \
            has finished is asked about at once in place of within a minute.
            Exit codes: 130 and 143 stopped by a signal, 64 usage, 65 unusable input, 66 no such input or ledger, 73 and \
            74 cannot create or write, 75 try again later, 77 credentials or form refused, 78 misconfigured.
            """
    )

    @OptionGroup var input: InputOptions

    @Option(help: "Only rows that the ledger has in these states, parted by commas, or unhealthy, as for link create.")
    var fromLedger: String?

    @Option(help: "Write the customers' addresses to this file, which only you can read.")
    var output: String

    @Option(help: "csv or jsonl.")
    var format: LineFormat = .csv

    @OptionGroup var page: PageOptions

    @Flag(help: "Take Plaid's webhooks at /webhook; Plaid is given the base address and /webhook unless --webhook is.")
    var receiveWebhooks = false

    @OptionGroup var form: LinkFormOptions

    @Option(help: "Plaid calls at most, as N/s, N/min, N/h or unlimited. Default: 400/min.")
    var plaidRate: String?

    @Flag(help: "Link in production without asking.")
    var yes = false

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var verbosity: VerbosityOptions

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
            plaidRate: rate
        )
        let linkForm = try checkedForm(reader)
        let source = try await input.invitees(reader, environment: wiring.deployment.environment)
        let read = input.filesRead(reader)
        try AtomicFile.check(output, sparing: read)
        try ProductionConsent(yes: yes).ask(input.inputs, wiring.deployment, ledger: path)
        let session = LinkServeSession(
            wiring: wiring,
            path: path,
            invocation: Invocation(arguments: Surroundings.arguments),
            form: linkForm,
            choice: try InvitationChoice(fromLedger: fromLedger),
            page: page,
            takesWebhooks: receiveWebhooks || linkForm.webhook != nil && linkForm.webhook == ownWebhook,
            isQuiet: verbosity.quiet
        )
        return try await session.perform(
            source,
            { try OutputDestination(path: output, sparing: read) },
            format: format
        )
    }

    /// The form; a bank can lead back to the page alone, and Plaid's own page is for `link create`.
    private func checkedForm(_ reader: SettingsReader) throws -> LinkForm {
        var form = try form.form(reader)
        if receiveWebhooks {
            form.webhook = form.webhook ?? ownWebhook
            guard form.webhook != nil else {
                throw CommandFailure(
                    .usage,
                    "--receive-webhooks needs an address that Plaid can reach: give --base-url, or --webhook."
                )
            }
        }
        guard form.hosted == nil else {
            throw CommandFailure(.usage, "--hosted is Plaid's page, for relink link create; this serves one of yours.")
        }
        if let redirect = form.redirectURI, let base = page.baseURL, redirect != base + "/oauth" {
            throw CommandFailure(
                .usage,
                "--redirect-uri is \(redirect), but banks have to lead back to \(base)/oauth: give that, and allow it in "
                    + "Plaid's dashboard."
            )
        }
        return form
    }

    /// Where this server takes webhooks, as Plaid reaches it; nothing where that is not known.
    private var ownWebhook: String? {
        page.baseURL.map { $0 + "/webhook" }
    }
}
