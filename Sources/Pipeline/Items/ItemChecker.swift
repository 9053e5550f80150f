package import Domain
import Pacing

/// Asks Plaid how the Items behind an input's rows are, some at a time.
///
/// One Item is asked once in a command for each endpoint, and four times at most where answers fail: Plaid's 15 calls a
/// minute for each Item are never reached.
package struct ItemChecker: Sendable {
    private let tools: RunTools
    private let control: RunControl
    private let items: any ItemLedger
    private let policy: ItemPolicy
    private let reader: PlaidAsker<ItemReading>
    private let accounts: PlaidAsker<[PlaidAccount]>
    private let held = HeldRefusals()

    /// Prepares a check.
    ///
    /// - Parameters:
    ///   - tools: What it works with.
    ///   - board: Counts the calls, and says why they stop.
    ///   - control: Stops them.
    ///   - items: The ledger that keeps how Items are.
    ///   - policy: Which are checked.
    package init(
        tools: RunTools,
        board: RunBoard,
        control: RunControl,
        items: any ItemLedger,
        policy: ItemPolicy
    ) {
        (self.tools, self.control, self.items, self.policy) = (tools, control, items, policy)
        let rates = RateKeeper(tools: tools)
        reader = PlaidAsker(tools: tools, board: board, control: control, rates: rates)
        accounts = PlaidAsker(tools: tools, board: board, control: control, rates: rates)
    }

    /// Checks the Items of the rows of `source`; after a stop nothing more is read.
    ///
    /// - Parameters:
    ///   - source: The input.
    ///   - report: Gets the lines that cannot be read.
    /// - Returns: How many lines came to what.
    /// - Throws: What `source` and `report` throw, once all that was started has come to its end.
    package func perform<Source: RowSource>(
        _ source: Source,
        _ report: (InvalidRow) throws -> Void
    ) async throws -> [ItemCheckSummary.Outcome: Int] {
        let outcomes = try await OutcomeTally.gathering { try await check(source, &$0, &$1, report) }
        if control.isGoing { try await record(held.release()) }
        return outcomes
    }

    private func check<Source: RowSource>(
        _ source: Source,
        _ tally: inout OutcomeTally<ItemCheckSummary.Outcome>,
        _ group: inout TaskGroup<ItemCheckSummary.Outcome>,
        _ report: (InvalidRow) throws -> Void
    ) async throws {
        var source = source
        while control.isGoing, let batch = try await source.next() {
            for row in batch.invalid { try report(row) }
            tally.count(.invalid, lines: batch.invalid.count)
            tally.count(.leftOut, lines: batch.excluded)
            for admission in try await admit(batch.rows) {
                guard case .check(let item, let token) = admission else {
                    tally.count(Self.outcome(admission))
                    continue
                }
                let width = tools.settings.concurrency * 2
                await tally.start(in: &group, atMost: width) { await check(item, token) }
            }
        }
    }

    private func admit(_ rows: [InputRow]) async throws -> [ItemAdmission] {
        do {
            return try await items.admit(rows, policy: policy)
        } catch {
            control.stop(.unwritable("\(error)"))
            return []
        }
    }

    private static func outcome(_ admission: ItemAdmission) -> ItemCheckSummary.Outcome {
        switch admission {
        case .check: .unreached
        case .known(let isGood): isGood ? .checkedBefore : .unhealthy
        case .sameItem: .sameItem
        case .leftOut: .leftOut
        }
    }

    private func check(_ item: Item.ID, _ token: Secret) async -> ItemCheckSummary.Outcome {
        do {
            let verdict = try await reader.ask {
                await tools.plaid.getItem(accessToken: token)
            } take: { answer, id in
                switch answer {
                case .value(let reading):
                    try await record(held.release())
                    return try await commit(.read(reading), of: item, id)
                case .refused(let refusal, let rule):
                    return ItemVerdict(outcome: try await take(refusal, rule, of: item, id), asksAccounts: false)
                case .none: return ItemVerdict(outcome: .failed, asksAccounts: false)
                }
            }
            if verdict.asksAccounts { try await lookAtAccounts(of: item, token) }
            return verdict.outcome
        } catch is CallGate.Closed, is CancellationError {
            return .unreached
        } catch {
            control.stop(.unwritable("\(error)"))
            return .unreached
        }
    }

    /// Takes a refusal: it says something about the Item, or about the set-up, which stops the check.
    private func take(
        _ refusal: Refusal,
        _ rule: AnswerRule,
        of item: Item.ID,
        _ requestID: String?
    ) async throws -> ItemCheckSummary.Outcome {
        switch rule.meaning {
        case .settle(.rejected, _):
            // With keys of another client every token is unknown to Plaid: that says nothing about the Items.
            switch held.hold(.init(item: item, refusal: refusal, requestID: requestID)) {
            case .confirmed: return try await commit(.refused(refusal), of: item, requestID).outcome
            case .held: return .unhealthy
            case .tooMany:
                let message = refusal.message.map { ": \($0)" } ?? ""
                control.stop(
                    .refused(
                        "Plaid refused one Item after the other with \(Failure(refusal).code)\(message). That is the "
                            + "set-up, not the Items: check PLAID_CLIENT_ID, PLAID_SECRET and the input."
                    )
                )
                return .unreached
            }
        case .settle: return try await commit(.refused(refusal), of: item, requestID).outcome
        case .stop:
            control.stop(.refused(rule.stopMessage(refusal)))
            return .unreached
        default: return .failed
        }
    }

    private func record(_ refusals: [HeldRefusals.Entry]) async throws {
        for entry in refusals { _ = try await commit(.refused(entry.refusal), of: entry.item, entry.requestID) }
    }

    private func commit(_ finding: ItemFinding, of item: Item.ID, _ requestID: String?) async throws -> ItemVerdict {
        try await items.commit(finding, of: item, policy: policy, requestID: requestID, at: tools.now())
    }

    /// What the accounts are known by helps to find them again; where they cannot be read, the next check asks again.
    private func lookAtAccounts(of item: Item.ID, _ token: Secret) async throws {
        try await accounts.ask {
            await tools.plaid.getAccounts(accessToken: token)
        } take: { answer, requestID in
            guard case .value(let found) = answer else { return }
            _ = try await commit(.accounts(found), of: item, requestID)
        }
    }
}
