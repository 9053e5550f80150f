import ArgumentParser
import Domain
import Intake
import Ledger
import Pacing
import Pipeline
import Reports

/// `relink adopt`: links that were made elsewhere come into the ledger.
struct AdoptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Take links into the ledger that were made elsewhere, each confirmed by Bond's list.",
        discussion: """
            Lines of customer_id, account_id and linked_account_id, as an earlier script kept them; mask and reference \
            where there are any. A link that Bond lists for its customer, and that nothing contradicts, becomes a linked \
            row, which no run makes again. Nothing is changed at Bond. The same command again goes on where it stopped.
            Exit codes: 0 the ledger has all of them, 1 some were not adopted or are invalid, 2 (--dry-run) there are \
            links to ask Bond about, 64 usage, 65 unusable input, 66 no such input or ledger, 73 and 74 cannot create or \
            write, 75 try again later, 77 credentials refused, 78 misconfigured, 130 and 143 interrupted.
            """
    )

    @OptionGroup var input: InputOptions

    @Flag(help: "Make the ledger if there is none: for a migration that scripts began.")
    var newLedger = false

    @Flag(help: "Show what the ledger says, ask Bond nothing, and adopt nothing.")
    var dryRun = false

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
        let known = try known(path)
        let wiring = try Wiring(asking: connection, reader, environment: known?.environment, verbosity)
        if known != nil {
            try LedgerOwner.check(
                path,
                environment: wiring.deployment.environment,
                plaidClientID: wiring.deployment.credentials.plaidClientID.exposed
            )
        }
        let source = try await input.adoptions(reader, environment: wiring.deployment.environment)
        if dryRun { return try await forecast(source, known?.ledger) == 0 ? 0 : 2 }
        let session = AdoptionSession(
            wiring: wiring,
            path: path,
            invocation: Invocation(arguments: Surroundings.arguments),
            mayCreate: newLedger,
            isQuiet: verbosity.quiet,
            isJSON: json
        )
        return try await session.perform(source)
    }

    /// The ledger that is there, and its environment; nothing where one is to be made.
    private func known(_ path: LedgerPlace) throws -> (ledger: LedgerReader, environment: String)? {
        do {
            let ledger = try LedgerReader(path)
            return (ledger, try ledger.environment())
        } catch LedgerError.missing where !newLedger {
            throw CommandFailure(
                .noInput,
                "There is no ledger at \(path). Check --ledger and the folder; --new-ledger makes one, for a migration "
                    + "that scripts began."
            )
        } catch let error as LedgerError where newLedger {
            switch error {
            // Its making may have been cut short: then it is made, and else the writer says what is wrong with it.
            case .missing, .empty, .damaged, .notALedger: return nil
            default: throw error
            }
        }
    }

    private func forecast(_ source: AdoptionFiles, _ known: LedgerReader?) async throws -> Int {
        var source = source
        var forecast = AdoptionForecast()
        while let batch = try await source.next() {
            for row in batch.invalid { Console.tell(row) }
            let standings = try known?.standings(of: batch.adoptions)
            let results = batch.adoptions.indices.map { at in
                let standing = standings?[at] ?? AdoptionStanding()
                return AdoptionResult(batch.adoptions[at], by: standing.verdict(on: batch.adoptions[at]))
            }
            for result in results.compactMap(\.self) where !result.isDone {
                Console.tell(AdoptionText.line(result), event: .problem)
            }
            forecast.add(results, invalid: batch.invalid.count, excluded: batch.excluded)
        }
        try source.minimum.check(rows: forecast.links + forecast.invalid)
        try Console.write(line: json ? forecast.json : forecast.text)
        return forecast.open
    }
}
