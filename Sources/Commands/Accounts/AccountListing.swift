import Domain
import Ledger
import Pipeline
import Reports

/// One question to Bond: what it lists for an owner, beside what the ledger knows of it.
struct AccountListing: Sendable {
    let wiring: Wiring
    /// The ledger's path, whether there is one or not.
    let path: LedgerPlace

    /// Asks Bond.
    ///
    /// - Parameters:
    ///   - owner: Whose accounts.
    ///   - ledger: Nothing where there is none.
    /// - Returns: Bond's list.
    /// - Throws: `CommandFailure` where there is no list that can be believed, and `LedgerError`.
    func list(_ owner: Owner, _ ledger: LedgerReader?) async throws -> AccountList {
        let call = try await wiring.withBond(ledger: path) { bond in await bond.listAccounts(of: owner) }
        let accounts = try accounts(of: call.withEmptyList)
        let orders = accounts.map { RemovalOrder(owner: owner, linkedAccountID: $0.linkedAccountID) }
        let standings = try ledger?.standings(of: orders)
        return AccountList(
            owner: owner,
            entries: accounts.indices.map { AccountList.Entry(accounts[$0], standings?[$0]) }
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
