import Domain
import Ledger

/// A process's ledger, on a disk that takes its time, under the eyes of the judge.
///
/// When the process dies, what was not written by then never is.
struct WatchedLedger: RunLedger {
    let base: LedgerWriter
    let reality: Reality
    let life: Life
    let executor: SeededExecutor

    var run: Int64 { base.run }

    func commit(_ change: LinkChange) async throws -> CommitResult {
        if !life.isDead { reality.judge.begins(change) }
        return try await perform("commit \(change.link) \(change.event.name)") {
            try await base.commit(change)
        } then: {
            reality.judge.committed(change, $0, reality)
        }
    }

    func marked(_ rows: [InputRow]) -> [MarkedRow] {
        base.marked(rows)
    }

    func admit(_ rows: [MarkedRow], policy: AdmissionPolicy) async throws -> [Admission] {
        try await perform("admit \(rows.count)") {
            try await base.admit(rows, policy: policy)
        } then: {
            reality.judge.admitted(rows.map(\.row), $0)
        }
    }

    func record(_ rows: [InvalidRow]) async throws {
        try await perform("record \(rows.count)") {
            try await base.record(rows)
        } then: {
            reality.judge.recorded(rows)
        }
    }

    func exchange(of publicToken: Secret) async throws -> Exchange? {
        try await perform("exchange") { try await base.exchange(of: publicToken) }
    }

    func link(_ id: Link.ID) async throws -> Link {
        try await perform("link \(id)") { try await base.link(id) }
    }

    func ownersInDoubt() async throws -> [Owner] {
        try await perform("owners in doubt") { try await base.ownersInDoubt() }
    }

    func doubts(of owner: Owner) async throws -> [Doubt] {
        try await perform("doubts of \(owner.id)") { try await base.doubts(of: owner) }
    }

    func owned(among linkedAccountIDs: [String]) async throws -> Set<String> {
        try await perform("owned") { try await base.owned(among: linkedAccountIDs) }
    }

    func newestProof() async throws -> ListingProof? {
        try await perform("newest proof") { try await base.newestProof() }
    }

    func lastSuccess(of api: API) async throws -> Timestamp? {
        try await perform("last success of \(api)") { try await base.lastSuccess(of: api) }
    }

    func noteSuccess(of api: API, at: Timestamp) async throws {
        try await perform("note success of \(api)") { try await base.noteSuccess(of: api, at: at) }
    }

    func hasStoppedBefore(_ stop: String, of api: API) async throws -> Bool {
        try await perform("has stopped: \(stop)") { try await base.hasStoppedBefore(stop, of: api) }
    }

    func noteStop(_ stop: String, of api: API, at: Timestamp) async throws {
        try await perform("note stop: \(stop)") { try await base.noteStop(stop, of: api, at: at) }
    }

    func learnedRates() async throws -> [API: Double] {
        try await perform("learned rates") { try await base.learnedRates() }
    }

    func noteLearned(_ rates: [API: Double], at: Timestamp) async throws {
        try await perform("note learned rates") { try await base.noteLearned(rates, at: at) }
    }

    func statesOfInput() async throws -> [RowState: Int] {
        try await executor.outside { try await base.statesOfInput() }
    }

    /// Waits for the disk, works, lets the judge see what came of it, and waits once more.
    ///
    /// The process may die before and after the work.
    private func perform<Result: Sendable>(
        _ name: String,
        _ work: () async throws -> Result,
        then check: @Sendable (Result) -> Void = { _ in }
    ) async throws -> Result {
        try await life.sleep(disk())
        try life.step()
        guard life.hasDisk else { throw Life.DiskGone() }
        let result = try await executor.outside(work)
        reality.trace.note("= \(name)")
        check(result)
        try life.step()
        try await life.sleep(disk())
        return result
    }

    private func disk() -> Duration {
        // In steps, so that commits meet and are committed together.
        reality.draw(upTo: min(reality.climate.disk, 4)) * max(1, reality.climate.disk / 4)
    }
}
