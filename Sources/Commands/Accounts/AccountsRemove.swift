import ArgumentParser
import Domain
import Intake
import Ledger
import Pipeline
import Reports

/// `relink accounts remove`: removes links at Bond.
struct AccountsRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove links at Bond: only such as it lists for their owner, each confirmed by its list.",
        discussion: """
            Shows first what it would do, and asks; --yes answers beforehand. What Bond has removed, its customer must link \
            anew. A row whose link is removed becomes unlinked: no run links it again without --retry unlinked. The same \
            command again goes on where it stopped.
            Exit codes: 0 the links are gone, 1 some were not removed, 2 (--dry-run) there are links to remove, 3 what \
            became of some is not known, or a row in doubt holds them up, 64 usage, 65 unusable file, 66 no such file or \
            ledger, 74 cannot write, 75 try again later, 77 credentials refused, 78 misconfigured, 130 and 143 interrupted.
            """
    )

    @Argument(help: ArgumentHelp("The links' ids at Bond (linked_account_id).", valueName: "link"))
    var links: [String] = []

    @Option(help: "The Bond customer id whose links they are.")
    var customer: String?

    @Flag(help: "The customer's id is a business's.")
    var business = false

    @Option(
        help: """
            A CSV or JSONL file of customer_id and linked_account_id, as report --mapping writes it; - is standard input.
            """
    )
    var file: String?

    @Option(help: "How Bond is told: sdk, guide or card. Default: sdk.")
    var deleteForm: String?

    @Option(help: "The card account for --delete-form card, where Bond's list names none.")
    var cardAccount: String?

    @Flag(help: "Show what would be removed, and remove nothing.")
    var dryRun = false

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var verbosity: VerbosityOptions

    @Flag(help: "Print one document (JSON) on standard output.")
    var json = false

    func validate() throws {
        if file == nil {
            guard !links.isEmpty, customer != nil else {
                throw ValidationError("Give links and their --customer, or a --file.")
            }
            guard links.allSatisfy({ !$0.isEmpty }), customer?.isEmpty == false else {
                throw ValidationError("A link or the --customer is empty.")
            }
        } else if !links.isEmpty || customer != nil || business {
            throw ValidationError("--file names links and their owners: give it without others.")
        }
    }

    func run() async throws {
        let code = try await CommandFailure.translating { try await perform() }
        if code != 0 { throw CommandFailure(exitCode: code) }
    }

    private func perform() async throws -> Int32 {
        let reader = try await configuration.reader()
        let path = try ledger.place(reader)
        let known = try LedgerReader(path)
        let wiring = try Wiring(asking: connection, reader, environment: known.environment(), verbosity)
        try LedgerOwner.check(
            path,
            environment: wiring.deployment.environment,
            plaidClientID: wiring.deployment.credentials.plaidClientID.exposed
        )
        let form = try reader.value(.deleteForm, flag: deleteForm, form: "sdk, guide or card") {
            RemovalForm(rawValue: $0)
        }
        let session = RemovalSession(
            wiring: wiring,
            path: path,
            invocation: Invocation(arguments: Surroundings.arguments),
            form: form ?? .sdk,
            cardAccount: cardAccount,
            isQuiet: verbosity.quiet,
            isJSON: json
        )
        if dryRun { return try await preview(known, wiring, path, isData: true) == 0 ? 0 : 2 }
        try await confirm(known, wiring, path)
        return try await remove(session)
    }

    private func remove(_ session: RemovalSession) async throws -> Int32 {
        guard let file else { return try await session.perform(NamedRemovals(orders), keepsAll: true) }
        return try await session.perform(try await open(file), keepsAll: false)
    }

    /// Shows what would be removed and asks; nothing is sent to Bond but a question where nobody can answer.
    private func confirm(_ known: LedgerReader, _ wiring: Wiring, _ path: LedgerPlace) async throws {
        if yes { return }
        let needed = CommandFailure(
            .usage,
            "Removing links needs a yes: answer it on the terminal, or give --yes. --dry-run shows what would be removed."
        )
        guard Console.canAsk, file != "-" else { throw needed }
        guard try await preview(known, wiring, path, isData: false) > 0 else { return }
        let place = wiring.deployment.environment.rawValue
        guard Console.confirm("Remove these links at Bond (\(place))? They cannot be put back.") else { throw needed }
    }

    /// Shows what would be removed; gives how many links that is.
    private func preview(
        _ known: LedgerReader,
        _ wiring: Wiring,
        _ path: LedgerPlace,
        isData: Bool
    ) async throws -> Int {
        if let file { return try await forecast(try await open(file), known, isData: isData) }
        guard let owner = orders.first?.owner else { return 0 }
        let list = try await AccountListing(wiring: wiring, path: path).list(owner, known)
        let preview = RemovalPreview(orders, in: list)
        try show(text: preview.text, json: preview.json, isData: isData)
        return preview.count
    }

    private func forecast(_ list: RemovalReader<OpenFile>, _ known: LedgerReader, isData: Bool) async throws -> Int {
        let forecast = try await RemovalForecast(of: list, known, isTold: isData)
        try show(text: forecast.text, json: forecast.json, isData: isData)
        return forecast.count
    }

    private func show(text: String, json document: String, isData: Bool) throws {
        if isData { try Console.write(line: json ? document : text) } else { Console.tell(text) }
    }

    private func open(_ file: String) async throws -> RemovalReader<OpenFile> {
        var list = RemovalReader(name: file, source: try OpenFile(file))
        // Standard input may come from a slow program: it is opened at its turn.
        if file != "-" { try await list.open() }
        return list
    }

    private var orders: [RemovalOrder] {
        let owner = Owner(kind: business ? .business : .customer, id: customer ?? "")
        var seen: Set<RemovalOrder> = []
        return links.map { RemovalOrder(owner: owner, linkedAccountID: $0) }.filter { seen.insert($0).inserted }
    }
}
