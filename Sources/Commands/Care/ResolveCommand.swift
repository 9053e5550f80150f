import ArgumentParser
import Domain
import Ledger

/// `relink resolve`: records a person's verdict on a row in doubt.
struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Say what became of a row in doubt, and why."
    )

    @Argument(help: "The Bond customer or business id.")
    var customer: String

    @Argument(help: "The Plaid account id.")
    var account: String

    @Option(help: "The account was linked, as this linked_account_id.")
    var linked: String?

    @Flag(help: "The account was not linked: the next run posts it.")
    var absent = false

    @Option(help: "How you know; kept in the ledger.")
    var because: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard (linked != nil) != absent else { throw ValidationError("Give --linked LINK or --absent.") }
        guard linked?.isEmpty != true else { throw ValidationError("--linked needs the link's id.") }
        guard because.contains(where: { !$0.isWhitespace }) else { throw ValidationError("--because needs a reason.") }
    }

    func run() async throws {
        try await CommandFailure.translating {
            let path = ledger.path(try await configuration.reader())
            let writer = try LedgerWriter(opening(path))
            let row = try await writer.find(ownerID: customer, accountID: account)
            let what = "owner \(customer), account \(account)"
            guard row.state == .inDoubt else { throw LedgerError.notInDoubt(what) }
            if let linked, try await !writer.owned(among: [linked]).isEmpty { throw LedgerError.linkOwned(id: linked) }
            let now = Surroundings.now()
            let attempt = Attempt(call: .resolve, result: .ok, sentAt: now, message: because)
            _ = try await writer.commit(LinkChange(row.id, event, at: now, attempt: attempt))
            try await writer.finish(at: Surroundings.now())
            Console.tell(linked.map { "Recorded: \(what) is linked as \($0)." } ?? "Recorded: \(what) was not linked.")
        }
    }

    private var event: LinkChange.Event {
        if let linked {
            .linked(BondAccount(linkedAccountID: linked), .person(because: because))
        } else {
            .provenAbsent(because: because)
        }
    }

    private func opening(_ path: String) -> LedgerOpening {
        let now = Surroundings.now()
        return LedgerOpening(
            kind: .resolve,
            path: path,
            environment: nil,
            plaidClientID: "",
            keySource: nil,
            credentials: [:],
            mayCreate: false,
            holder: Surroundings.holder(at: now),
            runID: Surroundings.makeRunID(at: now),
            command: Invocation(arguments: Surroundings.arguments).command,
            startedAt: now,
            callTimeout: .seconds(30)
        )
    }
}
