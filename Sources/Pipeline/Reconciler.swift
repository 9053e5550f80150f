package import Domain
import Logging
import Pacing

/// Asks Bond what exists and settles what is in doubt.
package struct Reconciler: Sendable {
    private let tools: RunTools
    private let board: RunBoard
    private let patience: Patience

    package init(tools: RunTools, board: RunBoard, control: RunControl) {
        self.tools = tools
        self.board = board
        patience = Patience(tools: tools, board: board, control: control)
    }

    /// Whether Bond's list is seen to show the newest link that Bond is known to have made.
    ///
    /// A link that Bond has had no time to list yet proves nothing: it is waited for, or else listing is not proven.
    ///
    /// - Throws: `CallGate.Closed` when the run stops, and what the ledger throws.
    package func isListingProven(waiting: Bool) async throws -> Bool {
        guard let proof = try await tools.ledger.newestProof() else { return false }
        let delay = delay(until: proof.linkedAt + tools.settings.settle)
        if delay > .zero {
            guard waiting else { return false }
            try await tools.clock.sleep(delay)
        }
        guard case .success(let accounts) = try await list(proof.owner).reply else { return false }
        return accounts.contains {
            $0.linkedAccountID == proof.linkedAccountID || $0.accountID == proof.linkedAccountID
        }
    }

    /// Settles what can be settled of an owner's doubts.
    ///
    /// - Parameters:
    ///   - owner: Whose doubts.
    ///   - waiting: Waits first until absence from the list means something.
    ///   - proven: Whether listing is proven.
    /// - Returns: Whether any doubt is left.
    /// - Throws: `CallGate.Closed` when the run stops, and what the ledger throws.
    package func reconcile(_ owner: Owner, waiting: Bool, proven: Bool) async throws -> Bool {
        let doubts = try await tools.ledger.doubts(of: owner)
        guard !doubts.isEmpty else { return false }
        if waiting { try await wait(for: doubts) }
        let listedAt = tools.now()
        let call = try await list(owner)
        guard case .success(let accounts) = call.reply else {
            try await keepInDoubt(doubts, call)
            return true
        }
        let reconciliation = Reconciliation(
            settle: tools.settings.settle,
            absenceIsEvidence: proven || tools.settings.trustList,
            listedAt: listedAt,
            clockOffset: call.clockOffset
        )
        let owned = try await tools.ledger.owned(among: accounts.map(\.linkedAccountID))
        let verdicts = reconciliation.verdicts(on: doubts, listed: accounts, owned: owned)
        var isAnyLeft = false
        for doubt in doubts where try await !settle(doubt, verdicts[doubt.link], call) { isAnyLeft = true }
        return isAnyLeft
    }

    /// Lists an owner's accounts, trying again what may pass; reading harms nothing.
    ///
    /// - Throws: `CallGate.Closed` when the run stops, be it because Bond stays away.
    package func list(_ owner: Owner) async throws -> RemoteCall<[BondAccount]> {
        var failures = 0
        var isRepeat = false
        while true {
            let (answer, health) = try await ask(owner, isRepeat: isRepeat)
            isRepeat = true
            switch answer {
            case .done(let call): return call
            case .overLimit(let asked): try await checkPatience(health, asked: asked)
            case .mayPass(let call, let asked):
                try await checkPatience(health, asked: asked)
                failures += 1
                guard await mayAskAgain(failures, health) else { return call }
                // Where Bond is out, the gate says when to go on.
                if health.isOut { continue }
                let delay = tools.settings.retries.delay(after: failures, connecting: false, jitter: tools.jitter())
                try await tools.clock.sleep(delay)
            }
        }
    }

    /// Whether a list that failed is asked for again: within tries and budget, and once only while Bond is out.
    private func mayAskAgain(_ failures: Int, _ health: CallGate.Health) async -> Bool {
        if health.isOut { return failures < 2 }
        guard failures < tools.settings.retries.tries else { return false }
        return tools.bondGate.mayRetry()
    }

    private func ask(_ owner: Owner, isRepeat: Bool) async throws -> (ListAnswer, CallGate.Health) {
        try await tools.bondGate.enter(retry: isRepeat)
        let call = await tools.bond.listAccounts(of: owner)
        board.count(call, to: .bond)
        let answer = ListAnswer(call)
        let health = tools.bondGate.heed(answer.feedback)
        tools.bondGate.free()
        return (answer, health)
    }

    private func checkPatience(_ health: CallGate.Health, asked: Duration?) async throws {
        if patience.isOver(.bond, health, asked: asked) { throw CallGate.Closed() }
    }

    private func wait(for doubts: [Doubt]) async throws {
        let settledAt = doubts.map { $0.settledAt(settle: tools.settings.settle) }.max() ?? tools.now()
        let delay = delay(until: settledAt)
        if delay > .zero { try await tools.clock.sleep(delay) }
    }

    /// The time until `moment`; a clock that was set back must not hold the run for longer than a call can take to
    /// settle.
    private func delay(until moment: Timestamp) -> Duration {
        let longest = tools.settings.callTimeout + tools.settings.settle
        return min(moment.since(tools.now()) + .milliseconds(1), longest)
    }

    /// Commits one verdict; returns whether the doubt is gone.
    private func settle(
        _ doubt: Doubt,
        _ verdict: Reconciliation.Verdict?,
        _ call: RemoteCall<[BondAccount]>
    ) async throws -> Bool {
        switch verdict {
        case .linked(let account):
            guard try await commit(.linked(account, .listed), doubt, call) == .done else { return false }
            board.countRecovered()
            return true
        case .absent:
            _ = try await commit(.provenAbsent(because: "Bond's list does not show it"), doubt, call)
            return true
        case .review(let failure):
            _ = try await commit(.stillInDoubt(failure), doubt, call)
            return false
        case .unsettled, nil:
            _ = try await commit(.noted, doubt, call)
            return false
        }
    }

    private func keepInDoubt(_ doubts: [Doubt], _ call: RemoteCall<[BondAccount]>) async throws {
        let attempt = Attempt(.list, call)
        let status = attempt.status.map { "HTTP \($0)" } ?? attempt.result.rawValue
        let failure = Failure(
            source: .bond,
            code: "listing_failed",
            message: "Bond's list of the owner's accounts cannot be had: \(attempt.message ?? status)"
        )
        for doubt in doubts { _ = try await commit(.stillInDoubt(failure), doubt, call) }
    }

    private func commit(
        _ event: LinkChange.Event,
        _ doubt: Doubt,
        _ call: RemoteCall<[BondAccount]>
    ) async throws -> CommitResult {
        tools.logger.debug("reconcile", metadata: ["link": "\(doubt.link)", "event": "\(event)"])
        return try await tools.ledger.commit(
            LinkChange(doubt.link, event, at: tools.now(), attempt: Attempt(.list, call))
        )
    }
}
