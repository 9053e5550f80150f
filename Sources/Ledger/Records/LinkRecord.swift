import Domain

/// A row of the table `links` as the domain knows it.
enum LinkRecord {
    /// The columns that make a `Link`.
    static let columns = """
        id, owner_kind, owner_id, account_id, state, fingerprint, token, token_fingerprint, token_minted_at, token_run,
        attempts, unknown_runs, stopped_run_at, tried_at, reference
        """

    /// What a question says of linked rows where it finds them by something else than their marks.
    ///
    /// A server that knows nothing of its rows yet thinks few of them linked, and would read all that are to find these.
    static let isLinked = "coalesce(state, '') = 'linked'"

    /// Reads one row by its number.
    static func fetch(_ id: Link.ID, keys: LedgerKeys, _ database: LedgerSession) throws -> Link {
        let row = try database.row("SELECT \(columns) FROM links WHERE id = ?", [id])
        guard let link = try row.flatMap({ try link($0, keys: keys) }) else {
            throw LedgerError.noSuchRow("number \(id)")
        }
        return link
    }

    /// Makes the domain's value of a row with `columns`.
    static func link(_ row: LedgerRow, keys: LedgerKeys) throws -> Link? {
        guard let owner = try row.owner(), let state = RowState(rawValue: try row.value("state")) else { return nil }
        let identity = Identity(owner: owner, accountID: try row.value("account_id"))
        let sealed = try row.bytes("token")
        let token = sealed.isEmpty ? nil : keys.open(sealed, for: identity)
        return Link(
            id: try row.value("id"),
            identity: identity,
            state: state,
            fingerprint: Fingerprint(bytes: try row.bytes("fingerprint")),
            token: try token.map { secret in
                ProcessorToken(
                    secret: secret,
                    fingerprint: Fingerprint(bytes: try row.bytes("token_fingerprint")),
                    mintedAt: try row.timestamp("token_minted_at") ?? Timestamp(milliseconds: 0),
                    run: try row.value("token_run") as Int64? ?? 0
                )
            },
            tokenIsUnreadable: !sealed.isEmpty && token == nil,
            attempts: try row.value("attempts"),
            unknownRuns: try row.value("unknown_runs"),
            stoppedRunAt: try row.timestamp("stopped_run_at")
        )
    }

    /// Which of these Bond ids rows own.
    static func owned(among ids: [String], _ database: LedgerSession) throws -> Set<String> {
        Set(try ids.filter { try database.finds("SELECT 1 FROM links WHERE linked_account_id = ?", [$0]) })
    }

    /// The newest link that Bond answered a POST with, and that is to be there still.
    static func newestProof(_ database: LedgerSession) throws -> ListingProof? {
        try proof("id = (SELECT newest_answered FROM ledger)", database)
            // Rare, and so without an index: the newest of all has been removed.
            ?? proof("evidence = 'answered'", database)
    }

    private static func proof(_ condition: String, _ database: LedgerSession) throws -> ListingProof? {
        let row = try database.row(
            """
            SELECT owner_kind, owner_id, linked_account_id, linked_at FROM links
            WHERE \(condition) AND state = 'linked' AND NOT EXISTS (
                SELECT 1 FROM removals
                WHERE removals.linked_account_id = links.linked_account_id AND outcome IS NULL)
            ORDER BY linked_at DESC LIMIT 1
            """
        )
        return try row.flatMap { row in
            try row.owner().map { owner in
                ListingProof(
                    owner: owner,
                    linkedAccountID: try row.value("linked_account_id"),
                    linkedAt: try row.timestamp("linked_at") ?? Timestamp(milliseconds: 0)
                )
            }
        }
    }

    /// The rows met in the input by state.
    static func states(of sightings: borrowing Sightings, _ database: LedgerSession) throws -> [RowState: Int] {
        var states: [RowState: Int] = [:]
        let newest: Int64 = try database.value("SELECT max(id) FROM links") ?? 0
        var linked = sightings.count(upTo: newest)
        let rows = try database.cursor("SELECT id, state FROM links WHERE state <> 'linked'")
        while let row = try rows.next() {
            guard let state = RowState(rawValue: try row.value("state")), sightings.contains(try row.value("id")) else {
                continue
            }
            states[state, default: 0] += 1
            linked -= 1
        }
        states[.linked] = linked
        return states
    }
}
