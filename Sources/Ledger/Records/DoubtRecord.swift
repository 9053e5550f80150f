import Domain

/// A row of the table `links` that is in doubt.
enum DoubtRecord {
    /// The owners with rows in doubt, the one that has been so for longest first.
    static func owners(_ database: LedgerSession) throws -> [Owner] {
        try database.rows(
            """
            SELECT owner_kind, min(owner_id) AS owner_id FROM links WHERE state = 'in_doubt' AND state <> 'linked'
            GROUP BY owner_kind, owner_key ORDER BY min(intent_at)
            """
        ).compactMap { try $0.owner() }
    }

    /// An owner's rows in doubt.
    static func fetch(owner: Owner, _ database: LedgerSession) throws -> [Doubt] {
        try database.rows(
            """
            SELECT id, owner_kind, owner_id, account_id, doubt, intent_at, attempt_ended_at, clock_offset FROM links
            WHERE owner_kind = ? AND owner_key = ? AND state = 'in_doubt' ORDER BY intent_at
            """,
            [owner.kind.rawValue, owner.key]
        ).compactMap(doubt)
    }

    private static func doubt(_ row: LedgerRow) throws -> Doubt? {
        guard let owner = try row.owner(), let intentAt = try row.timestamp("intent_at"),
            let endedAt = try row.timestamp("attempt_ended_at")
        else { return nil }
        let cause: String? = try row.value("doubt")
        let offset: Int64? = try row.value("clock_offset")
        return Doubt(
            link: try row.value("id"),
            identity: Identity(owner: owner, accountID: try row.value("account_id")),
            cause: cause.flatMap(Doubt.Cause.init(rawValue:)) ?? .unanswered,
            intentAt: intentAt,
            endedAt: endedAt,
            clockOffset: offset.map { .milliseconds($0) }
        )
    }
}
