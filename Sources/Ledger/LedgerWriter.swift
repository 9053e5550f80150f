package import Domain
import Synchronization

/// The one writer of a ledger, for one run.
package final class LedgerWriter: RunLedger, Sendable {
    /// The ledger's path, or its URL without the password.
    package let path: String
    let opening: LedgerOpening
    /// Where the ledger is.
    package var place: LedgerPlace { opening.place }
    let keys: LedgerKeys
    package let run: Int64
    let epoch: Int64?
    /// The workers that share the ledger, where they may.
    let crew: Crew?
    let sightings = Mutex(Sightings())
    private let firstFailure = Mutex(LedgerError?.none)
    private let store: any LedgerStore
    private let queue: CommitQueue
    /// What keeps other writers away as long as it is there.
    private let lock: any Sendable

    /// Takes the lock, opens or makes the ledger, migrates it, and takes over what a dead run left behind.
    ///
    /// - Throws: `LedgerError`.
    package init(_ opening: LedgerOpening) throws {
        path = opening.path
        self.opening = opening
        (store, lock) =
            switch opening.place {
            case .file(let path): try SQLiteOpening.open(opening, path)
            case .server(let server): try PostgreSQLOpening.open(opening, server)
            }
        let begun = try store.writeNow { try LedgerStart(opening).begin($0) }
        (keys, run, epoch, crew) = (begun.keys, begun.run, begun.epoch, begun.crew)
        store.sign(as: run)
        queue = CommitQueue(store, begun.crew.map { ClaimRelease(claims: $0.claims, run: begun.run) })
    }

    package func marked(_ rows: [InputRow]) -> [MarkedRow] {
        keys.marked(rows)
    }

    package func admit(_ rows: [MarkedRow], policy: AdmissionPolicy) async throws -> [Admission] {
        let before = Mutex(AdmissionBefore?.none)
        return try await write { [self] database in
            try sightings.withLock { sightings in
                // A transaction that is carried out again has met nothing yet, and claimed nobody.
                if store.mayRepeat {
                    before.withLock { before in
                        if let before { sightings = before.undo(for: crew) }
                        before = AdmissionBefore(sightings: sightings)
                    }
                }
                var desk = AdmissionDesk(
                    database: database,
                    keys: keys,
                    run: run,
                    policy: policy,
                    crew: crew,
                    sightings: sightings
                )
                // Nobody else may hold the marks while they are added to: they would be copied for every batch.
                sightings = Sightings()
                defer {
                    sightings = desk.sightings
                    before.withLock { $0?.held = desk.held }
                }
                return try desk.admit(rows)
            }
        }
    }

    package func record(_ rows: [InvalidRow]) async throws {
        guard !rows.isEmpty else { return }
        try await write { [self] database in
            for row in rows { try InvalidRowRecord.insert(row, run: run, seenAt: opening.startedAt, database) }
        }
    }

    package func commit(_ change: LinkChange) async throws -> CommitResult {
        // After a commit that failed nothing new leaves; what has left is still written down if it can be.
        if case .intent = change.event, let failure { throw failure }
        return try await write { [self] database in
            // It may have failed since this one was put in line.
            if case .intent = change.event, let failure { throw failure }
            return try LinkStep(
                database: database,
                keys: keys,
                run: run,
                epoch: epoch,
                path: path,
                callTimeout: opening.callTimeout
            ).take(change)
        }
    }

    package func link(_ id: Link.ID) async throws -> Link {
        try await write { [keys] in try LinkRecord.fetch(id, keys: keys, $0) }
    }

    package func exchange(of publicToken: Secret) async throws -> Exchange? {
        try await write { [keys] in try ExchangeRecord.fetch(publicToken, keys, $0) }
    }

    package func ownersInDoubt() async throws -> [Owner] {
        try await write { try DoubtRecord.owners($0) }
    }

    package func doubts(of owner: Owner) async throws -> [Doubt] {
        try await write { try DoubtRecord.fetch(owner: owner, $0) }
    }

    package func owned(among linkedAccountIDs: [String]) async throws -> Set<String> {
        try await write { try LinkRecord.owned(among: linkedAccountIDs, $0) }
    }

    package func newestProof() async throws -> ListingProof? {
        try await write { try LinkRecord.newestProof($0) }
    }

    package func lastSuccess(of api: API) async throws -> Timestamp? {
        let hash = credentialHash(api)
        return try await write { try CredentialRecord.lastSuccess(api, hash: hash, $0) }
    }

    package func noteSuccess(of api: API, at: Timestamp) async throws {
        let hash = credentialHash(api)
        try await write { try CredentialRecord.note(api, hash: hash, at: at, $0) }
    }

    package func hasStoppedBefore(_ stop: String, of api: API) async throws -> Bool {
        let hash = credentialHash(api)
        return try await write { [run, crew] in
            // A worker of the same time is no earlier run.
            try CredentialRecord.hasStopped(stop, hash: hash, before: run, and: crew?.since, $0)
        }
    }

    package func noteStop(_ stop: String, of api: API, at: Timestamp) async throws {
        let hash = credentialHash(api)
        try await write { [run] in try CredentialRecord.noteStop(stop, hash: hash, run: run, at: at, $0) }
    }

    package func learnedRates() async throws -> [API: Double] {
        try await write { try LearnedRateRecord.fetch($0) }
    }

    package func noteLearned(_ rates: [API: Double], at: Timestamp) async throws {
        try await write { try LearnedRateRecord.replace(with: rates, at: at, $0) }
    }

    package func statesOfInput() async throws -> [RowState: Int] {
        // Claims that are given back keep others waiting until the commit, and this one takes its time.
        if crew != nil { try await write { _ in } }
        return try await write { [self] database in
            try sightings.withLock { try LinkRecord.states(of: $0, database) }
        }
    }

    /// The row of an owner's account.
    ///
    /// - Throws: `LedgerError.noSuchRow`.
    package func find(ownerID: String, accountID: String) async throws -> Link {
        let key = Owner(kind: .customer, id: ownerID).key
        return try await write { [keys] database in
            let row = try database.row(
                "SELECT \(LinkRecord.columns) FROM links WHERE owner_key = ? AND account_id = ?",
                [key, accountID]
            )
            guard let link = try row.flatMap({ try LinkRecord.link($0, keys: keys) }) else {
                throw LedgerError.noSuchRow("owner \(ownerID), account \(accountID)")
            }
            return link
        }
    }

    /// Notes how the run ended.
    package func finish(_ summary: RunSummary) async throws {
        try await leave(at: summary.finishedAt) { [run] in try RunRecord.finish(run, summary, $0) }
    }

    /// Notes that a reconciliation, or a person's verdict, came to its end: the next to open the ledger need not look
    /// for what it broke.
    package func finish(at: Timestamp) async throws {
        try await leave(at: at) { [run] in try RunRecord.finish(run, at: at, $0) }
    }

    /// Runs the last transaction: nothing is written after it.
    private func leave(
        at: Timestamp,
        _ work: @escaping @Sendable (LedgerSession) throws -> Void
    ) async throws {
        let takeOver = TakeOver(run: run, at: at, callTimeout: opening.callTimeout, isShared: true)
        try await write { [run, place] database in
            try work(database)
            if place.filePath == nil { try WorkerRecord.leave(run, takeOver, database) }
        }
    }

    /// The ledger's rows by state and its orphan tokens, as they are now.
    package func totals() async throws -> LedgerTotals {
        try await write { try LedgerTotals.fetch($0) }
    }

    /// Why the ledger could not be written, when that happened first.
    package var failure: LedgerError? { firstFailure.withLock { $0 } }

    private func credentialHash(_ api: API) -> [UInt8] {
        keys.hash("credentials", opening.credentials[api]?.exposed ?? "")
    }

    /// Runs `work` in the next commit and returns its result once that is durable.
    func write<Result: Sendable>(_ work: @escaping @Sendable (LedgerSession) throws -> Result) async throws -> Result {
        let slot = ResultSlot<Result>()
        do {
            try await queue.perform { slot.fill(try work($0)) }
        } catch let error as LedgerError {
            throw note(error)
        }
        return try slot.take()
    }

    /// Takes note of what went wrong, if nothing has before: why the run ends, it says.
    func note(_ error: LedgerError) -> LedgerError {
        firstFailure.withLock { $0 = $0 ?? error }
        return error
    }
}
