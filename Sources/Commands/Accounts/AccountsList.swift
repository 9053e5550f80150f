import ArgumentParser
import Domain
import Ledger
import Pipeline
import Reports

/// `relink accounts list`: what Bond lists for one owner.
struct AccountsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show a customer's external accounts as Bond lists them, and what the ledger knows of each.",
        discussion: """
            It is what a person needs to settle a row in doubt; the ledger is only read, and there need be none.
            Exit codes: 0 this is the list, which may be empty; 1 Bond gives none for this owner; 75 Bond cannot be \
            reached; 77 credentials refused; 78 misconfigured, or the ledger is another environment's or client's.
            """
    )

    @Argument(help: "The Bond customer id.")
    var customer: String

    @Flag(help: "The id is a business's.")
    var business = false

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var verbosity: VerbosityOptions

    @Flag(help: "Print one document (JSON).")
    var json = false

    func run() async throws {
        try await CommandFailure.translating {
            let reader = try await configuration.reader()
            let path = try ledger.place(reader)
            let ledger = try path.exists() ? try LedgerReader(path) : nil
            let wiring = try Wiring(asking: connection, reader, environment: ledger?.environment(), verbosity)
            if ledger != nil {
                // What another environment's ledger does not know says nothing about these links.
                try LedgerOwner.check(
                    path,
                    environment: wiring.deployment.environment,
                    plaidClientID: wiring.deployment.credentials.plaidClientID.exposed
                )
            }
            let owner = Owner(kind: business ? .business : .customer, id: customer)
            let list = try await AccountListing(wiring: wiring, path: path).list(owner, ledger)
            try Console.write(line: json ? list.json : list.text)
        }
    }
}
