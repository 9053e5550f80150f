import ArgumentParser
import Domain
import Intake
import Ledger
import Pacing
import Pipeline
import Reports

/// `relink cutover remove`: removes the links of before that a person approved.
struct CutoverRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove the approved links of a plan, each only while its new link is usable by Bond's list.",
        discussion: """
            Lines whose column approve says yes, in any case of letters, and no others. What Bond has removed cannot be put \
            back. The same command again goes on where it stopped.
            Exit codes: 0 the links are gone, 1 some were not removed, 2 (--dry-run) there are links to remove, 3 what \
            became of some is not known, or a row in doubt holds them up, 64 usage, 65 unusable plan, 66 no such plan or \
            ledger, 74 cannot write, 75 try again later, 77 credentials refused, 78 misconfigured, 130 and 143 interrupted.
            """
    )

    @Argument(help: "The plan, as relink cutover plan wrote it and a person approved it; - is standard input.")
    var plan: String

    @Option(help: "What parts the fields of CSV: one character, or tab.")
    var delimiter: String?

    @Option(help: "How Bond is told: sdk, guide or card. Default: sdk.")
    var deleteForm: String?

    @Option(help: "The card account for --delete-form card, where Bond's list names none.")
    var cardAccount: String?

    @Flag(help: "Show how much would be removed, ask Bond nothing, and remove nothing.")
    var dryRun = false

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var verbosity: VerbosityOptions

    @Flag(help: "Print one document (JSON) on standard output.")
    var json = false

    func run() async throws {
        let code = try await CommandFailure.translating { try await perform() }
        if code != 0 { throw CommandFailure(exitCode: code) }
    }

    private func perform() async throws -> Int32 {
        let reader = try await configuration.reader()
        let path = try ledger.place(reader)
        let wiring = try Wiring(asking: connection, reader, ledger: path, verbosity)
        let form = try reader.value(.deleteForm, flag: deleteForm, form: "sdk, guide or card") {
            RemovalForm(rawValue: $0)
        }
        var session = RemovalSession(
            wiring: wiring,
            path: path,
            invocation: Invocation(arguments: Surroundings.arguments),
            form: form ?? .sdk,
            cardAccount: cardAccount,
            isQuiet: verbosity.quiet,
            isJSON: json
        )
        session.title = "cutover remove"
        // Each is looked at anew before it goes.
        session.groupSize = 1
        if dryRun { return try await preview(reader, path, isData: true) == 0 ? 0 : 2 }
        try await confirm(reader, path, wiring.deployment.environment.rawValue)
        return try await session.perform(try await open(reader), keepsAll: false)
    }

    private func confirm(_ reader: SettingsReader, _ path: LedgerPlace, _ place: String) async throws {
        if yes { return }
        let needed = CommandFailure(
            .usage,
            "Removing links needs a yes: answer it on the terminal, or give --yes. --dry-run shows how many there are."
        )
        guard Console.canAsk, plan != "-" else { throw needed }
        guard try await preview(reader, path, isData: false) > 0 else { return }
        guard Console.confirm("Remove these links at Bond (\(place))? They cannot be put back.") else { throw needed }
    }

    /// Shows how much would be removed; gives how many links that is.
    private func preview(_ reader: SettingsReader, _ path: LedgerPlace, isData: Bool) async throws -> Int {
        let forecast = try await RemovalForecast(of: try await open(reader), LedgerReader(path), isTold: isData)
        if isData {
            try Console.write(line: json ? forecast.json : forecast.text)
        } else {
            Console.tell(forecast.text)
        }
        return forecast.count
    }

    private func open(_ reader: SettingsReader) async throws -> CutoverReader<OpenFile> {
        let delimiter = try delimiter.map { text in
            guard let byte = ValueForms.delimiter(text) else {
                throw CommandFailure(.usage, "--delimiter \(text) is not one character or tab.")
            }
            return byte
        }
        var list = CutoverReader(name: plan, source: try OpenFile(plan), delimiter: delimiter)
        // Standard input may come from a slow program: it is opened at its turn.
        if plan != "-" { try await list.open() }
        return list
    }
}

extension RemovalForecast {
    /// Counts what a list of links comes to, as far as the ledger tells.
    ///
    /// - Parameters:
    ///   - source: The links.
    ///   - known: The ledger.
    ///   - isTold: Whether lines that name no link are told.
    /// - Throws: What the ledger and `source` throw.
    init<Source: RemovalSource>(of source: Source, _ known: LedgerReader, isTold: Bool) async throws {
        self.init()
        var source = source
        while let batch = try await source.next() {
            for row in batch.invalid where isTold { Console.tell(row) }
            let standings = try known.standings(of: batch.orders)
            add(standings, invalid: batch.invalid.count, unapproved: batch.unapproved)
        }
    }
}
