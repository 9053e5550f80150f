package import Domain
import Pacing
import Synchronization

/// The rows that follow from customers' times with Plaid Link, as a run's input: first those whose access token the
/// ledger has from before, then what Plaid tells of each invitation.
package struct SessionRows<Source: InviteeSource>: RowSource {
    private var source: Source
    private let tools: RunTools
    private let control: RunControl
    private let invitations: any InvitationLedger
    private let reader: SessionReader
    private let tally: SessionTally
    private let report: @Sendable (InvalidRow) -> Void
    private var lastKept: Link.ID? = 0

    /// Prepares them.
    ///
    /// - Parameters:
    ///   - source: Who was invited.
    ///   - tools: What the run works with.
    ///   - board: Counts the calls.
    ///   - control: Stops them.
    ///   - ledger: Keeps invitations and how Items are.
    ///   - tally: Gets what became of whom.
    ///   - report: Gets the lines that cannot be read.
    package init(
        _ source: Source,
        tools: RunTools,
        board: RunBoard,
        control: RunControl,
        ledger: any InvitationLedger & ItemLedger,
        tally: SessionTally,
        report: @escaping @Sendable (InvalidRow) -> Void
    ) {
        self.report = report
        (self.source, self.tools, self.control, self.tally) = (source, tools, control, tally)
        invitations = ledger
        reader = SessionReader(tools: tools, board: board, control: control, items: ledger)
    }

    package mutating func next() async throws -> RowBatch? {
        if let after = lastKept {
            let kept = try await invitations.exchangedRows(after: after, limit: 500)
            lastKept = kept.last?.link
            if !kept.isEmpty { return RowBatch(rows: kept.map(\.row)) }
        }
        guard let batch = try await source.next() else { return nil }
        batch.invalid.forEach(report)
        tally.read(batch.invitees.count + batch.invalid.count + batch.excluded)
        var rows = RowBatch(invalid: batch.invalid)
        let polls = try await invitations.polls(of: batch.invitees, at: tools.now())
        let width = tools.settings.concurrency
        let asker = SessionAsker(reader: reader, control: control, tally: tally)
        await withTaskGroup(of: [InputRow].self) { group in
            var underWay = 0
            for (invitee, poll) in zip(batch.invitees, polls) {
                guard case .ask(let id, let mode, let token) = poll else {
                    tally.count(poll.outcome)
                    continue
                }
                if underWay >= width {
                    rows.rows += await group.next() ?? []
                    underWay -= 1
                }
                group.addTask { await asker.ask(invitee, id, mode, token.secret) }
                underWay += 1
            }
            for await found in group { rows.rows += found }
        }
        return rows
    }
}

/// Asks about one invitation after the other, and counts.
private struct SessionAsker: Sendable {
    let reader: SessionReader
    let control: RunControl
    let tally: SessionTally

    func ask(
        _ invitee: Invitee,
        _ id: Invitation.ID,
        _ mode: LinkMode,
        _ token: Secret
    ) async -> [InputRow] {
        do {
            let finding = try await reader.read(invitee, mode, token)
            tally.count(finding.outcome)
            if let ending = finding.ending { tally.end(id, ending, finding.rows) }
            return finding.rows
        } catch is CallGate.Closed, is CancellationError {
            tally.count(.failed)
        } catch {
            control.stop(.unwritable("\(error)"))
        }
        return []
    }
}

/// What became of customers' times with Link, counted while a run goes on.
package final class SessionTally: Sendable {
    private struct Ended: Sendable {
        let id: Invitation.ID
        let ending: InvitationEnding
        let rows: [InputRow]
    }

    private let state = Mutex((lines: 0, counts: [SessionOutcome: Int](), ended: [Ended]()))

    package init() {}

    /// The lines of the input.
    package var lines: Int { state.withLock { $0.lines } }

    /// How many came to what.
    package var counts: [SessionOutcome: Int] { state.withLock { $0.counts } }

    /// Has the ledger keep how invitations ended, once their rows have been tried: a success only where the access token
    /// is on record, for nobody asks again afterwards.
    ///
    /// - Throws: What the ledger throws.
    package func keep(in ledger: any InvitationLedger & RunLedger, at: Timestamp) async throws {
        var endings: [(id: Invitation.ID, ending: InvitationEnding)] = []
        for ended in state.withLock({ $0.ended }) {
            if let ending = try await Self.ending(of: ended, ledger) { endings.append((ended.id, ending)) }
        }
        try await ledger.end(endings, at: at)
    }

    /// How it ended; nothing where a later try may bring another end.
    private static func ending(
        of ended: Ended,
        _ ledger: any InvitationLedger & RunLedger
    ) async throws -> InvitationEnding? {
        for row in ended.rows {
            guard case .publicToken(let token) = row.credential else { continue }
            let exchange = try await ledger.exchange(of: token)
            if exchange?.accessToken != nil || exchange?.isOutOfReach == true { continue }
            // What Link gave is of no more use: the customer has to go through it again.
            guard let (state, code) = try await ledger.state(of: row.identity), state == .needsUser else { return nil }
            return .exit(errorCode: code)
        }
        return ended.ending
    }

    func read(_ lines: Int) {
        state.withLock { $0.lines += lines }
    }

    func count(_ outcome: SessionOutcome) {
        state.withLock { $0.counts[outcome, default: 0] += 1 }
    }

    func end(_ id: Invitation.ID, _ ending: InvitationEnding, _ rows: [InputRow]) {
        state.withLock { $0.ended.append(Ended(id: id, ending: ending, rows: rows)) }
    }
}

extension InvitationPoll {
    fileprivate var outcome: SessionOutcome {
        switch self {
        case .ask: .waiting
        case .collected: .collected
        case .notInvited: .notInvited
        }
    }
}
