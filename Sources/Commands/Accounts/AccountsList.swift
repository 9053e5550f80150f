import ArgumentParser
import Domain
import Ledger
import Pacing
import Pipeline
import Reports

/// `relink accounts list`: what Bond lists for one owner.
struct AccountsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show a customer's external accounts as Bond lists them, and which rows of the ledger own them.",
        discussion: """
            It is what a person needs to settle a row in doubt; the ledger is only read, and there need be none.
            Exit codes: 0 this is the list, 1 Bond gives none for this owner, 75 Bond cannot be reached, 77 credentials \
            refused, 78 misconfigured.
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
        let list = try await CommandFailure.translating { try await fetch() }
        try Console.write(line: json ? list.json : list.text)
    }

    private func fetch() async throws -> AccountList {
        let reader = try await configuration.reader()
        let path = ledger.path(reader)
        let ledger = LedgerFile.exists(path) ? try LedgerReader(path: path) : nil
        var connection = connection
        // The ledger knows whose it is.
        if reader.text(.env, flag: connection.env) == nil { connection.env = try ledger?.environment() }
        let wiring = Wiring(
            deployment: try Deployment(connection, reader),
            settings: RunSettings(),
            plaidRate: RateSchedule(.unlimited),
            logger: verbosity.logger()
        )
        let owner = Owner(kind: business ? .business : .customer, id: customer)
        let call = try await wiring.withBond(ledger: path) { bond in await bond.listAccounts(of: owner) }
        let accounts = try accounts(of: call.withEmptyList)
        let rows = try ledger?.history(ownerID: customer, accountID: nil).map(\.row) ?? []
        return AccountList(
            owner: owner,
            entries: accounts.map { account in
                AccountList.Entry(
                    account,
                    row: rows.first { $0.linkedAccountID == account.linkedAccountID }?.accountID
                )
            }
        )
    }

    private func accounts(of call: RemoteCall<[BondAccount]>) throws -> [BondAccount] {
        switch call.reply {
        case .success(let accounts): return accounts
        case .neverSent(let why), .lost(let why):
            throw CommandFailure(.tryLater, "Bond cannot be reached: \(why).")
        case .unusable(_, let why):
            throw CommandFailure(.tryLater, "Bond's list cannot be read: \(why).")
        case .refusal(let refusal): throw failure(refusal)
        }
    }

    private func failure(_ refusal: Refusal) -> CommandFailure {
        let rule = AnswerTable.rule(for: refusal)
        let told = "Bond answered HTTP \(refusal.status)" + (refusal.message.map { ": \($0)" } ?? "")
        if rule.meaning == .stop { return CommandFailure(.refused, "\(told). \(rule.advice)") }
        let isPassing = refusal.status >= 500 || [408, 429].contains(refusal.status)
        return CommandFailure(isPassing ? .tryLater : .rowsFailed, told)
    }
}
