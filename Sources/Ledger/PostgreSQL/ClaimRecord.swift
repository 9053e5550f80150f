import Domain

/// The table `claims` of a ledger on a server: whose rows a worker has in hand, so that no other touches them.
///
/// An owner is claimed and not a row: then none of its rows is worked on elsewhere, and none of its customer's POSTs is out.
/// A claim ends with the worker's row, on which it depends.
struct ClaimRecord {
    /// Why a worker may not go on with an owner's rows.
    enum Obstacle: String {
        /// Another worker has them in hand.
        case elsewhere
        /// One of them is in doubt.
        case doubt
    }

    let run: Int64
    let database: LedgerSession

    private static let asked = "unnest(:kinds::text[], :keys::text[]) AS asked (kind, key)"

    /// Claims owners that nobody else has claimed.
    ///
    /// They are claimed in one order by all, so that no two workers wait for each other.
    ///
    /// - Returns: Those with whom the worker may not go on; one with a row in doubt is claimed all the same.
    func take(_ owners: Set<Owner>) throws -> [Owner: Obstacle] {
        guard !owners.isEmpty else { return [:] }
        let arguments = arguments(owners)
        try database.execute(
            """
            INSERT INTO claims (owner_kind, owner_key, run) SELECT kind, key, :run FROM \(Self.asked)
            ORDER BY kind COLLATE "C", key COLLATE "C" ON CONFLICT DO NOTHING
            """,
            arguments
        )
        // What counts is that the claim is there: another's that stood in its way may be gone by now.
        let rows = try database.rows(
            """
            SELECT kind, key, 'elsewhere' AS obstacle FROM \(Self.asked) WHERE NOT EXISTS (
                SELECT 1 FROM claims WHERE owner_kind = kind AND owner_key = key AND run = :run)
            UNION ALL SELECT DISTINCT kind, key, 'doubt' FROM \(Self.asked)
            JOIN links ON owner_kind = kind AND owner_key = key
            WHERE state <> 'linked' AND (state = 'in_doubt' OR state = 'posting' AND links.run <> :run)
            """,
            arguments
        )
        var obstacles: [Owner: Obstacle] = [:]
        for row in rows {
            let kind: String = try row.value("kind")
            guard let kind = Owner.Kind(rawValue: kind) else { continue }
            let owner = Owner(kind: kind, id: try row.value("key"))
            guard obstacles[owner] != .elsewhere else { continue }
            obstacles[owner] = Obstacle(rawValue: try row.value("obstacle"))
        }
        return obstacles
    }

    /// Gives back what this worker has claimed of owners.
    func release(_ owners: some Collection<Owner>) throws {
        guard !owners.isEmpty else { return }
        try database.execute(
            """
            DELETE FROM claims USING \(Self.asked) WHERE owner_kind = kind AND owner_key = key AND run = :run
            """,
            arguments(Set(owners))
        )
    }

    private func arguments(_ owners: Set<Owner>) -> LedgerArguments {
        let owners = Array(owners)
        return [
            "kinds": PostgreSQLArray.text(owners.map(\.kind.rawValue)),
            "keys": PostgreSQLArray.text(owners.map(\.key)), "run": run,
        ]
    }
}
