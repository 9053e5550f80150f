import Domain
import GRDB

/// A row of the table `links` that is in doubt.
enum DoubtRecord {
    /// The owners with rows in doubt, the one that has been so for longest first.
    static func owners(_ database: Database) throws -> [Owner] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT owner_kind, min(owner_id) AS owner_id FROM links WHERE state = 'in_doubt' AND state <> 'linked'
                GROUP BY owner_kind, owner_key ORDER BY min(intent_at)
                """
        ).compactMap(\.owner)
    }

    /// An owner's rows in doubt.
    static func fetch(owner: Owner, _ database: Database) throws -> [Doubt] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT id, owner_kind, owner_id, account_id, doubt, intent_at, attempt_ended_at, clock_offset FROM links
                WHERE owner_kind = ? AND owner_key = ? AND state = 'in_doubt' ORDER BY intent_at
                """,
            arguments: [owner.kind.rawValue, owner.key]
        ).compactMap(doubt)
    }

    private static func doubt(_ row: Row) -> Doubt? {
        guard let owner = row.owner, let intentAt = row.timestamp("intent_at"),
            let endedAt = row.timestamp("attempt_ended_at")
        else { return nil }
        let cause: String? = row["doubt"]
        let offset: Int64? = row["clock_offset"]
        return Doubt(
            link: row["id"],
            identity: Identity(owner: owner, accountID: row["account_id"]),
            cause: cause.flatMap(Doubt.Cause.init(rawValue:)) ?? .unanswered,
            intentAt: intentAt,
            endedAt: endedAt,
            clockOffset: offset.map { .milliseconds($0) }
        )
    }
}
