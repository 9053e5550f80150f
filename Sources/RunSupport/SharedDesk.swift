package import Domain
package import Ledger
import Synchronization

/// A ledger that other workers seem to work on: a test says whose rows they have in hand, and what becomes of these.
package final class SharedDesk: LedgerRelay, SharedLedger {
    /// What others do with an owner's rows.
    package struct Others: Sendable {
        let rounds: Int
        let end: End
        let areLate: Bool

        /// What is true once they have let go.
        package enum End: Sendable {
            /// They have not tried the rows.
            case free
            /// They have made a token and not posted it.
            case minted(Secret)
            /// They have come to an end with them.
            case done(RowState)
            /// One of them is in doubt, which nobody has settled.
            case doubt
        }

        /// - Parameters:
        ///   - rounds: How often they are asked before they let go.
        ///   - end: What is true then.
        ///   - areLate: Whether they have not come yet when the input is taken in.
        package init(_ rounds: Int, _ end: End, areLate: Bool = false) {
            (self.rounds, self.end, self.areLate) = (rounds, end, areLate)
        }
    }

    fileprivate struct State {
        var others: [Owner: Others]
        var asked: [Owner: Int] = [:]
        var held: [Owner: Set<Link.ID>] = [:]
        var largest = 0
    }

    package let base: LedgerWriter
    package let lease: Duration
    private let state: Mutex<State>

    private let onCommit: @Sendable (LinkChange) -> Void
    private let onReadmit: @Sendable (SharedDesk) async -> Void

    /// - Parameters:
    ///   - base: The real ledger.
    ///   - lease: This worker's.
    ///   - others: What others have in hand.
    ///   - onCommit: Is called when a step is durable.
    ///   - onReadmit: Is called when rows are asked for again.
    package init(
        _ base: LedgerWriter,
        lease: Duration = .seconds(15),
        others: [Owner: Others] = [:],
        onCommit: @escaping @Sendable (LinkChange) -> Void = { _ in },
        onReadmit: @escaping @Sendable (SharedDesk) async -> Void = { _ in }
    ) {
        (self.base, self.lease, self.onCommit, self.onReadmit) = (base, lease, onCommit, onReadmit)
        state = Mutex(State(others: others))
    }

    package var shared: (any SharedLedger)? { self }
    /// Owners that this worker has not given back.
    package var held: Set<Owner> { state.withLock { Set($0.held.keys) } }
    /// How often others were asked for an owner's rows.
    package func asked(_ owner: Owner) -> Int { state.withLock { $0.asked[owner] ?? 0 } }
    /// The most rows that were asked for at a time.
    package var largest: Int { state.withLock { $0.largest } }

    package func commit(_ change: LinkChange) async throws -> CommitResult {
        defer { onCommit(change) }
        return try await base.commit(change)
    }

    package func admit(_ rows: [MarkedRow], policy: AdmissionPolicy) async throws -> [Admission] {
        let admissions = try await base.admit(rows, policy: policy)
        return state.withLock { state in
            admissions.map { admission in
                guard case .work(let link, _) = admission else { return admission }
                if let others = state.others[link.identity.owner], !others.areLate { return .elsewhere(link) }
                state.held[link.identity.owner, default: []].insert(link.id)
                return admission
            }
        }
    }

    package func readmit(_ rows: [PutOffRow], policy: AdmissionPolicy) async throws -> [Readmission] {
        await onReadmit(self)
        var answers: [Readmission] = []
        for row in rows {
            let link = try await base.link(row.link)
            let answer = state.withLock { $0.answer(row, link) }
            answers.append(try await asOthersLeftIt(answer))
        }
        state.withLock { $0.largest = max($0.largest, rows.count) }
        return answers
    }

    private func asOthersLeftIt(_ answer: Readmission) async throws -> Readmission {
        guard case .free(let link) = answer, link.state == .pending,
            case .minted(let secret) = state.withLock({ $0.others[link.identity.owner]?.end })
        else { return answer }
        let token = ProcessorToken(secret: secret, fingerprint: link.fingerprint, mintedAt: Sample.start, run: run)
        let change = LinkChange(
            link.id,
            .minted(token, of: link.identity),
            at: Sample.start,
            attempt: Sample.attempt(.mint)
        )
        _ = try await base.commit(change)
        return .free(try await base.link(link.id))
    }

    package func keepLease(now: @Sendable () -> Timestamp) async throws {}

    package func claim(_ owners: [Owner]) async throws -> [Owner] {
        state.withLock { state in
            let free = owners.filter { owner in
                guard let others = state.others[owner], !others.areLate else { return true }
                return others.rounds <= state.asked[owner] ?? 0
            }
            for owner in free { state.held[owner, default: []].insert(0) }
            return free
        }
    }

    package func release(_ owner: Owner) {
        release(0, of: owner)
    }

    package func release(_ link: Link.ID, of owner: Owner) {
        state.withLock { state in
            state.held[owner]?.remove(link)
            if state.held[owner]?.isEmpty ?? false { state.held[owner] = nil }
        }
    }
}

extension SharedDesk.State {
    fileprivate mutating func answer(_ row: PutOffRow, _ link: Link) -> Readmission {
        if link.state == .linked { return .done(.linked) }
        if let others = others[row.owner] {
            asked[row.owner, default: 0] += 1
            if asked[row.owner, default: 0] <= others.rounds { return .elsewhere }
            switch others.end {
            case .free, .minted: break
            case .done(let state): return .done(state)
            case .doubt:
                self.others[row.owner] = nil
                return .blocked
            }
        }
        held[row.owner, default: []].insert(row.link)
        return .free(link)
    }
}
