package import Domain
package import Ledger

/// A ledger that a test has put something in the way of: all that it does not do itself, the real one does.
package protocol LedgerRelay: RunLedger {
    var base: LedgerWriter { get }
    /// Throws where nothing works any more.
    func check() throws
}

extension LedgerRelay {
    package var run: Int64 { base.run }

    package func check() throws {}

    package func commit(_ change: LinkChange) async throws -> CommitResult {
        try check()
        return try await base.commit(change)
    }

    package func marked(_ rows: [InputRow]) -> [MarkedRow] {
        base.marked(rows)
    }

    package func admit(_ rows: [MarkedRow], policy: AdmissionPolicy) async throws -> [Admission] {
        try check()
        return try await base.admit(rows, policy: policy)
    }

    package func exchange(of publicToken: Secret) async throws -> Exchange? {
        try check()
        return try await base.exchange(of: publicToken)
    }

    package func record(_ rows: [InvalidRow]) async throws {
        try check()
        try await base.record(rows)
    }

    package func link(_ id: Link.ID) async throws -> Link {
        try check()
        return try await base.link(id)
    }

    package func ownersInDoubt() async throws -> [Owner] {
        try check()
        return try await base.ownersInDoubt()
    }

    package func doubts(of owner: Owner) async throws -> [Doubt] {
        try check()
        return try await base.doubts(of: owner)
    }

    package func owned(among linkedAccountIDs: [String]) async throws -> Set<String> {
        try check()
        return try await base.owned(among: linkedAccountIDs)
    }

    package func newestProof() async throws -> ListingProof? {
        try check()
        return try await base.newestProof()
    }

    package func lastSuccess(of api: API) async throws -> Timestamp? {
        try check()
        return try await base.lastSuccess(of: api)
    }

    package func noteSuccess(of api: API, at: Timestamp) async throws {
        try check()
        try await base.noteSuccess(of: api, at: at)
    }

    package func hasStoppedBefore(_ stop: String, of api: API) async throws -> Bool {
        try check()
        return try await base.hasStoppedBefore(stop, of: api)
    }

    package func noteStop(_ stop: String, of api: API, at: Timestamp) async throws {
        try check()
        try await base.noteStop(stop, of: api, at: at)
    }

    package func learnedRates() async throws -> [API: Double] {
        try check()
        return try await base.learnedRates()
    }

    package func noteLearned(_ rates: [API: Double], at: Timestamp) async throws {
        try check()
        try await base.noteLearned(rates, at: at)
    }

    package func statesOfInput() async throws -> [RowState: Int] {
        try await base.statesOfInput()
    }
}
