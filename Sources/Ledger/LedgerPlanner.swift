package import Domain

/// Foresees what a run would do with its rows, without changing anything.
package struct LedgerPlanner: Sendable {
    private let reader: ReadingConnection?
    private let keys: LedgerKeys
    private let policy: AdmissionPolicy
    /// Whether the ledger has marks; one that a run has not brought to this program's version may have none.
    private let hasMarks: Bool

    /// Plans by a ledger; a missing one is as good as empty.
    ///
    /// - Throws: `LedgerError` where it cannot be read.
    package init(_ place: LedgerPlace, policy: AdmissionPolicy) throws {
        self.policy = policy
        guard try place.exists() else {
            (reader, keys, hasMarks) = (nil, LedgerKeys(salt: [], source: nil), false)
            return
        }
        let reader = try ReadingConnection(place)
        let salt = try reader.read { try $0.row("SELECT salt FROM ledger") }?.bytes("salt")
        hasMarks = try reader.read { try $0.engine.schemaNames().contains("links_input") }
        (self.reader, keys) = (reader, LedgerKeys(salt: salt ?? [], source: nil))
    }

    /// How often the ledger has been opened to be written; a plan holds for one such number only.
    package func epoch() throws -> Int? {
        try reader?.read { try ($0.value("SELECT epoch FROM ledger") as Int?) }
    }

    /// The owners of rows in doubt, and of rows whose POST was out when a run died, who are asked about before anything is posted.
    package func ownersInDoubt() throws -> Int {
        try reader?.read { database in
            try
                (database.value(
                    """
                    SELECT count(*) FROM (SELECT DISTINCT owner_kind, owner_key FROM links
                    WHERE state IN ('in_doubt', 'posting') AND state <> 'linked') AS owners
                    """
                ) as Int?)
        } ?? 0
    }

    /// The rates at which APIs refused calls, in calls a second.
    package func learnedRates() throws -> [API: Double] {
        guard let reader else { return [:] }
        return try reader.read { database in
            try database.hasTable("learned_rates") ? LearnedRateRecord.fetch(database) : [:]
        }
    }

    /// What a run would do with each row.
    package func foresee(_ rows: [InputRow]) throws -> [Foresight] {
        guard let reader else {
            return rows.map { row in
                var foresight = Foresight(work: .mintAndPost, state: nil)
                if case .publicToken = row.credential { foresight.exchanges = true }
                return foresight
            }
        }
        guard hasMarks else { return try reader.read { database in try rows.map { try foresee($0, database) } } }
        let marked = keys.marked(rows)
        return try reader.read { database in
            try zip(rows, LinkedRows(marked, expected: nil, database).numbers).map { row, number in
                try number == nil ? foresee(row, database) : Foresight(work: .skip, state: .linked)
            }
        }
    }

    private func foresee(_ row: InputRow, _ database: LedgerSession) throws -> Foresight {
        let fingerprint = try ExchangeRecord.fingerprint(of: row.credential, keys, database)
        var foresight = try foresee(row, fingerprint, database)
        if case .publicToken(let token) = row.credential, [.mintAndPost, .ask].contains(foresight.work) {
            // Once it was exchanged, the row is known by the access token.
            foresight.exchanges = fingerprint == keys.fingerprint(ofPublic: token)
        }
        return foresight
    }

    private func foresee(_ row: InputRow, _ fingerprint: Fingerprint, _ database: LedgerSession) throws -> Foresight {
        guard let known = try find(row.identity, database), let state = RowState(rawValue: try known.value("state"))
        else {
            return try foreseeNew(row, fingerprint, database)
        }
        let isSameToken = try known.bytes("fingerprint") == fingerprint.bytes
        let hasToken = try !known.bytes("token").isEmpty
        let isRenewed = !isSameToken && [.pending, .minted, .retryable, .needsUser, .rejected].contains(state)
        let verdict = policy.verdict(
            state: isRenewed ? .pending : state,
            triedAt: try known.timestamp("tried_at"),
            stoppedRun: try known.timestamp("stopped_run_at") != nil
        )
        switch verdict {
        case .skip: return Foresight(work: .skip, state: state)
        case .reconcile: return Foresight(work: .reconcile, state: state)
        case .work where isSameToken && state == .needsUser: return Foresight(work: .ask, state: state)
        case .work where isSameToken && hasToken: return Foresight(work: .post, state: state)
        case .work: return Foresight(work: .mintAndPost, state: state)
        }
    }

    private func foreseeNew(_ row: InputRow, _ fingerprint: Fingerprint, _ database: LedgerSession) throws -> Foresight
    {
        let references = try linkedReferences(row.identity.owner, fingerprint, database)
        guard let reference = row.reference, !reference.isEmpty else {
            return Foresight(work: .mintAndPost, state: nil, mayBeRenumbered: !references.isEmpty)
        }
        guard references.contains(reference) else { return Foresight(work: .mintAndPost, state: nil) }
        return Foresight(work: policy.retry.contains(.held) ? .mintAndPost : .skip, state: .held)
    }

    private func find(_ identity: Identity, _ database: LedgerSession) throws -> LedgerRow? {
        try database.row(
            """
            SELECT state, fingerprint, token, tried_at, stopped_run_at FROM links
            WHERE owner_kind = ? AND owner_key = ? AND account_id = ?
            """,
            [identity.owner.kind.rawValue, identity.owner.key, identity.accountID]
        )
    }

    /// The references of the owner's linked accounts that have this token; empty ones for those without.
    private func linkedReferences(
        _ owner: Owner,
        _ fingerprint: Fingerprint,
        _ database: LedgerSession
    ) throws -> Set<String> {
        try Set(
            database.values(
                """
                SELECT coalesce(reference, '') FROM links
                WHERE owner_kind = ? AND owner_key = ? AND fingerprint = ? AND \(LinkRecord.isLinked)
                """,
                [owner.kind.rawValue, owner.key, fingerprint.bytes]
            ) as [String]
        )
    }
}
