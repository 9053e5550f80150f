import ArgumentParser
import Domain
import Ledger
import Reports

/// `relink show`: one customer's rows with every call made for them.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one customer's rows with every attempt."
    )

    @Argument(help: "The Bond customer or business id.")
    var customer: String

    @Argument(help: "One Plaid account id.")
    var account: String?

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Print one document (JSON).")
    var json = false

    func run() async throws {
        let history = try await CommandFailure.translating {
            let path = try ledger.place(try await configuration.reader())
            let rows = try LedgerReader(path).history(ownerID: customer, accountID: account)
            guard let owner = rows.first?.row.owner else {
                throw LedgerError.noSuchRow(account.map { "owner \(customer), account \($0)" } ?? "owner \(customer)")
            }
            return Self.history(owner, rows)
        }
        try Console.write(line: json ? CustomerDocument(history).json : CustomerText(history).text)
    }

    private static func history(_ owner: Owner, _ rows: [RowHistory]) -> CustomerHistory {
        CustomerHistory(
            owner: owner,
            rows: rows.map { row in
                CustomerHistory.Row(
                    row.row,
                    calls: row.attempts.map { CustomerHistory.Call(runID: $0.runID, attempt: $0.attempt) }
                )
            }
        )
    }
}
