import Domain
import GRDB
import Pipeline
import Synchronization

extension Judge {
    /// A commit is asked for; an intent and the note of a mint come right after the gate has let the call through.
    func begins(_ change: LinkChange) {
        switch change.event {
        case .intent: admit(to: .bond)
        case .mintSent: admit(to: .plaid)
        default: break
        }
    }

    /// Rows have been taken in.
    func admitted(_ rows: [InputRow], _ admissions: [Admission]) {
        state.withLock { $0.watch.taken += rows.count }
        require(rows.count == admissions.count, "\(rows.count) rows came in and \(admissions.count) came out")
        let found = Dictionary(ledger().map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        for (row, admission) in zip(rows, admissions) {
            guard let now = found[row.identity] else {
                trace.fail("\(row.identity.short) is not in the ledger")
                continue
            }
            let before = state.withLock { $0.rows[now.id] }
            if let before { require(before.identity == now.identity, "\(row.identity.short) was another row") }
            switch admission {
            case .work(let link, _):
                require(link.id == now.id, "\(row.identity.short) became another row")
                let isOpen = !["linked", "in_doubt", "posting"].contains(before?.state ?? "new")
                require(isOpen, "\(row.identity.short) is tried, \(before?.state ?? "new")")
                renew(before, now)
            case .reconcile(let link):
                require(link.id == now.id, "\(row.identity.short) became another row")
                renew(before, now)
            case .skip: renew(before, now)
            // It is in work already, and may be further than has been judged.
            case .duplicate, .conflict: break
            case .elsewhere: trace.fail("\(row.identity.short) is in nobody else's hands")
            }
        }
    }

    /// Rows that are none have been recorded; those with a second token came in as rows.
    func recorded(_ rows: [InvalidRow]) {
        state.withLock { $0.watch.taken += rows.count { $0.reason != .conflictingToken } }
    }

    /// Takes what the ledger says of a row that came in: its changed token may have thrown away an old one.
    private func renew(_ before: LedgerRow?, _ now: LedgerRow) {
        state.withLock { state in
            state.rows[now.id] = now
            state.ids[now.identity] = now.id
        }
        guard let before else { return }
        if before.state == "linked" { require(now.state == "linked", "\(now.identity.short) was linked") }
        let lost = before.hasToken && !now.hasToken ? 1 : 0
        require(now.orphans == before.orphans + lost, "\(now.identity.short): \(now.orphans) orphans")
    }

    /// A step of a row's life is durable.
    func committed(_ change: LinkChange, _ result: CommitResult, _ reality: Reality) {
        let before = state.withLock { $0.rows[change.link] }
        guard let before, let now = look(at: change.link) else {
            return trace.fail("row \(change.link) is not in the ledger")
        }
        let name = "\(before.identity.short), \(before.state) and then \(change.event.name)"
        let expected = expectation(change, result, before)
        require(now.state == expected.state, "\(name): it is \(now.state) and not \(expected.state)")
        require(now.hasToken == expected.hasToken, "\(name): \(now.hasToken ? "it has a" : "it lacks its") token")
        require(now.attempts == expected.attempts, "\(name): \(now.attempts) attempts, not \(expected.attempts)")
        require(now.orphans == expected.orphans, "\(name): \(now.orphans) orphans, not \(expected.orphans)")
        if before.state == "linked" { require(change.event.mayFollowLinked, "\(name): what is linked is touched") }
        note(change, before, now)
        compare(change, now, with: reality, name)
    }

    /// What the change should have made of the row.
    private func expectation(
        _ change: LinkChange,
        _ result: CommitResult,
        _ before: LedgerRow
    ) -> (state: String, hasToken: Bool, attempts: Int, orphans: Int) {
        var (now, hasToken) = (before.state, before.hasToken)
        var (attempts, orphans) = (before.attempts, before.orphans)
        switch change.event {
        case .mintSent, .stoppedRun, .noted, .missedByAudit, .seenByAudit, .exchangeSent, .exchanged, .exchangeFound,
            .exchangeFailed:
            break
        case .minted: (now, hasToken) = ("minted", true)
        case .mintFailed(let orphaned): orphans += orphaned ? 1 : 0
        case .settled(let settlement, let orphaned):
            now = settlement.state.rawValue
            orphans += orphaned ? 1 : 0
        case .tokenDiscarded: (now, hasToken, orphans) = (now == "minted" ? "pending" : now, false, orphans + 1)
        case .intent: (now, attempts) = ("posting", attempts + 1)
        case .intentClosed(let left):
            now = state.withLock { $0.origins[change.link] } ?? "unknown"
            attempts -= left ? 0 : 1
        case .linked: (now, hasToken) = result == .done ? ("linked", false) : ("in_doubt", hasToken)
        case .postSettled(let settlement): now = settlement.state.rawValue
        case .inDoubt, .stillInDoubt, .reopened: now = "in_doubt"
        case .provenAbsent: now = hasToken ? "minted" : "pending"
        case .unlinked: now = "unlinked"
        }
        return (now, hasToken, attempts, orphans)
    }

    private func note(_ change: LinkChange, _ before: LedgerRow, _ now: LedgerRow) {
        let (unposted, room) = state.withLock { state in
            state.orphans += now.orphans - before.orphans
            if before.hasToken, now.state == "linked" { state.tokensWiped += 1 }
            switch change.event {
            case .minted: state.watch.unposted.insert(change.link)
            case .intent:
                state.origins[change.link] = before.state
                state.intents[change.link] = change.at.milliseconds
                state.watch.unposted.remove(change.link)
            case .intentClosed, .inDoubt, .postSettled, .linked: state.intents[change.link] = nil
            default: break
            }
            return (state.watch.unposted.count, state.watch.room)
        }
        require(unposted <= room, "\(unposted) rows are minted and not posted, and there is room for \(room)")
    }

    /// Whether what the ledger says now is so.
    private func compare(_ change: LinkChange, _ now: LedgerRow, with reality: Reality, _ name: String) {
        switch change.event {
        case .linked(let account, _) where now.state == "linked":
            let owner = reality.identity(ofLink: account.linkedAccountID)
            require(owner == now.identity, "\(name): the link is that of \(owner?.short ?? "nobody")")
        case .provenAbsent:
            let truth = reality.truth(of: now.identity)
            require(truth.links == 0, "\(name): it has a link")
            require(truth.underway == 0, "\(name): its POST is still under way")
        default: break
        }
    }
}

extension LinkChange.Event {
    /// Whether this may happen to a row that is linked.
    var mayFollowLinked: Bool {
        switch self {
        case .unlinked, .missedByAudit, .seenByAudit, .noted: true
        default: false
        }
    }
}
