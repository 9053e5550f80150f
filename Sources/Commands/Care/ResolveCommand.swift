import ArgumentParser
import Domain
import Ledger
import Reports

/// `relink resolve`: records a person's verdict on a row in doubt.
struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Say what became of a row in doubt, and why.",
        discussion: "A verdict that was wrong is taken back with --in-doubt, as long as no run has acted on it."
    )

    @Argument(help: "The Bond customer or business id.")
    var customer: String

    @Argument(help: "The Plaid account id.")
    var account: String

    @Option(help: "The account was linked, as this linked_account_id.")
    var linked: String?

    @Flag(help: "The account was not linked: the next run posts it.")
    var absent = false

    @Flag(help: "A verdict on it was wrong: put the row in doubt again.")
    var inDoubt = false

    @Option(help: "How you know; kept in the ledger.")
    var because: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard [linked != nil, absent, inDoubt].count(where: \.self) == 1 else {
            throw ValidationError("Give one of --linked LINK, --absent and --in-doubt.")
        }
        guard linked?.isEmpty != true else { throw ValidationError("--linked needs the link's id.") }
        guard because.contains(where: { !$0.isWhitespace }) else { throw ValidationError("--because needs a reason.") }
    }

    func run() async throws {
        try await CommandFailure.translating {
            let path = try ledger.place(try await configuration.reader())
            let writer = try LedgerWriter(opening(path))
            let row = try await writer.find(ownerID: customer, accountID: account)
            let what = "owner \(customer), account \(account)"
            try check(row, what)
            if let linked, try await !writer.owned(among: [linked]).isEmpty { throw LedgerError.linkOwned(id: linked) }
            let now = Surroundings.now()
            let attempt = Attempt(call: .resolve, result: .ok, sentAt: now, message: because)
            do {
                _ = try await writer.commit(LinkChange(row.id, event, at: now, attempt: attempt))
            } catch LedgerError.illegalStep where inDoubt {
                throw refusal(row, what)
            }
            try await writer.finish(at: Surroundings.now())
            tell(what)
        }
    }

    private func check(_ row: Link, _ what: String) throws {
        if inDoubt {
            guard [.linked, .pending, .minted].contains(row.state) else { throw refusal(row, what) }
        } else {
            guard row.state == .inDoubt else { throw refusal(row, what) }
        }
    }

    private func refusal(_ row: Link, _ what: String) -> CommandFailure {
        let wanted =
            inDoubt ? "rests on no verdict that could be taken back" : "is not in doubt, so there is nothing to resolve"
        return CommandFailure(
            .usage,
            "The row of \(what) is \(row.state.rawValue): it \(wanted). What can be done: \(row.state.advice)"
        )
    }

    private func tell(_ what: String) {
        if inDoubt { return Console.tell("Recorded: \(what) is in doubt again.") }
        guard let linked else { return Console.tell("Recorded: \(what) was not linked.") }
        Console.tell("Recorded: \(what) is linked as \(linked).")
        guard !UUIDShape.matches(linked) else { return }
        Console.tell(
            "relink: \(linked) is not shaped like the ids of Bond's (a UUID). If it is a slip, take it back: "
                + "relink resolve \(customer) \(account) --in-doubt --because TEXT"
        )
    }

    private var event: LinkChange.Event {
        if inDoubt { return .reopened(because: because) }
        return if let linked {
            .linked(BondAccount(linkedAccountID: linked), .person(because: because))
        } else {
            .provenAbsent(because: because)
        }
    }

    private func opening(_ path: LedgerPlace) -> LedgerOpening {
        let now = Surroundings.now()
        return LedgerOpening(
            kind: .resolve,
            place: path,
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
