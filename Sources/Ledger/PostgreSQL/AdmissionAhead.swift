import Domain

/// What a ledger on a server is asked about a piece of the input, and the new rows that it is given, all at once.
///
/// Each question is a way to the server and back, and row by row these ways would be most of what a new row costs.
struct AdmissionAhead {
    private let keys: LedgerKeys
    private let database: LedgerSession
    /// The fingerprints of access tokens by those of the public tokens that were exchanged for them.
    private let exchanged: [Fingerprint: Fingerprint]
    private let known: [Identity: LedgerRow]
    /// Those whose rows are as they were asked for.
    private var unchanged: Set<Identity>
    private var inserted: [Identity: NewLink] = [:]

    /// Asks about rows.
    ///
    /// - Throws: What the ledger throws.
    init(_ rows: [InputRow], _ keys: LedgerKeys, _ database: LedgerSession) throws {
        (self.keys, self.database) = (keys, database)
        exchanged = try Self.exchanged(rows, keys, database)
        known = try Self.known(rows, database)
        unchanged = Set(rows.map(\.identity))
    }

    /// The fingerprint that one of the rows has by its credential.
    func fingerprint(of credential: Credential) -> Fingerprint {
        guard case .publicToken(let token) = credential else { return keys.fingerprint(of: credential.secret) }
        let known = keys.fingerprint(ofPublic: token)
        return exchanged[known] ?? known
    }

    /// Whether what `row` says of an identity still holds.
    func knows(_ identity: Identity) -> Bool {
        unchanged.contains(identity)
    }

    /// The ledger's row, if there was one.
    func row(of identity: Identity) -> LedgerRow? {
        known[identity]
    }

    /// Takes note that a row is being changed.
    mutating func forget(_ identity: Identity) {
        unchanged.remove(identity)
    }

    /// The row that `insert` made of an identity, once; nothing where another worker was quicker.
    mutating func takeInserted(_ identity: Identity) -> NewLink? {
        forget(identity)
        return inserted.removeValue(forKey: identity)
    }

    /// Inserts those of the rows that are new, each once, in their order, and holds back what looks renumbered.
    ///
    /// Where the ledger knows a row of the same owner, what the input says of that may be what shows it: such a one waits
    /// for its turn.
    ///
    /// - Parameters:
    ///   - rows: Any rows that were asked about.
    ///   - files: The numbers of their files.
    ///   - earlier: What tells work that was done before this one.
    ///   - run: Whose they are now.
    ///   - at: The time.
    /// - Throws: What the ledger throws.
    mutating func insert(
        _ rows: [MarkedRow],
        files: [Int64],
        earlier: EarlierWork,
        run: Int64,
        at: Timestamp
    ) throws {
        let ownersKnown = Set(known.keys.map(\.owner))
        var met: Set<Identity> = []
        let new = zip(rows, files).filter { marked, _ in
            !ownersKnown.contains(marked.row.identity.owner) && met.insert(marked.row.identity).inserted
        }
        guard !new.isEmpty else { return }
        let (rows, owners) = (new.map(\.0.row), new.map(\.0.row.identity.owner))
        let found = try database.rows(
            Self.insertion(earlier),
            [
                "kinds": PostgreSQLArray.text(owners.map(\.kind.rawValue)),
                "keys": PostgreSQLArray.text(owners.map(\.key)),
                "owners": PostgreSQLArray.text(owners.map(\.id)),
                "accounts": PostgreSQLArray.text(rows.map(\.identity.accountID)),
                "references": PostgreSQLArray.text(rows.map(\.reference)),
                "tokens": PostgreSQLArray.text(rows.map { fingerprint(of: $0.credential).bytes }),
                "files": PostgreSQLArray.text(new.map(\.1)),
                "lines": PostgreSQLArray.text(rows.map { Int64($0.position.line) }),
                "highs": PostgreSQLArray.text(new.map(\.0.high)),
                "lows": PostgreSQLArray.text(new.map(\.0.low)),
                "held": RowState.held.usualAction.rawValue, "pending": RowState.pending.usualAction.rawValue,
                "run": run, "at": at.milliseconds, "earlier": earlier.limit,
            ]
        )
        for row in found {
            guard let owner = try row.owner(), let state = RowState(rawValue: try row.value("state")) else { continue }
            let identity = Identity(owner: owner, accountID: try row.value("account_id"))
            inserted[identity] = NewLink(id: try row.value("id"), state: state)
        }
    }

    private static func insertion(_ earlier: EarlierWork) -> String {
        """
        INSERT INTO links (owner_kind, owner_key, owner_id, account_id, reference, state, action, fingerprint,
            first_seen_at, updated_at, run, file, line, input_high, input_low)
        SELECT kind, key, owner, account, named, CASE WHEN is_held THEN 'held' ELSE 'pending' END,
            CASE WHEN is_held THEN :held ELSE :pending END, of_token, :at, :at, :run, in_file, in_line, high, low
        FROM unnest(:kinds::text[], :keys::text[], :owners::text[], :accounts::text[], :references::text[],
            :tokens::bytea[], :files::bigint[], :lines::bigint[], :highs::bigint[], :lows::bigint[])
            WITH ORDINALITY AS new (kind, key, owner, account, named, of_token, in_file, in_line, high, low, place)
        CROSS JOIN LATERAL (
            SELECT named <> '' AND EXISTS (
                SELECT 1 FROM links WHERE owner_kind = kind AND owner_key = key AND fingerprint = of_token
                    AND reference = named AND \(LinkRecord.isLinked) AND \(earlier.condition)) AS is_held) AS likeness
        ORDER BY place ON CONFLICT DO NOTHING RETURNING id, owner_kind, owner_id, account_id, state
        """
    }

    private static func exchanged(
        _ rows: [InputRow],
        _ keys: LedgerKeys,
        _ database: LedgerSession
    ) throws -> [Fingerprint: Fingerprint] {
        let known = rows.compactMap { row -> [UInt8]? in
            guard case .publicToken(let token) = row.credential else { return nil }
            return keys.fingerprint(ofPublic: token).bytes
        }
        guard !known.isEmpty else { return [:] }
        let found = try database.rows(
            """
            SELECT public_fingerprint, access_fingerprint FROM exchanges
            WHERE public_fingerprint = ANY (?::bytea[]) AND access_fingerprint IS NOT NULL
            """,
            [PostgreSQLArray.text(known)]
        )
        let pairs = try found.map { row in
            (
                Fingerprint(bytes: try row.bytes("public_fingerprint")),
                Fingerprint(bytes: try row.bytes("access_fingerprint"))
            )
        }
        return Dictionary(pairs) { $1 }
    }

    private static func known(_ rows: [InputRow], _ database: LedgerSession) throws -> [Identity: LedgerRow] {
        guard !rows.isEmpty else { return [:] }
        let found = try database.rows(
            """
            SELECT place, \(AdmissionDesk.columns)
            FROM unnest(:kinds::text[], :keys::text[], :accounts::text[]) WITH ORDINALITY
                AS asked (kind, key, account, place)
            JOIN links ON owner_kind = kind AND owner_key = key AND account_id = account
            """,
            [
                "kinds": PostgreSQLArray.text(rows.map(\.identity.owner.kind.rawValue)),
                "keys": PostgreSQLArray.text(rows.map(\.identity.owner.key)),
                "accounts": PostgreSQLArray.text(rows.map(\.identity.accountID)),
            ]
        )
        return Dictionary(try found.map { (rows[try $0.value("place") - 1].identity, $0) }) { $1 }
    }
}
