import Domain

/// A row of the table `exchanges`.
enum ExchangeRecord {
    /// The fingerprint that a row has by its credential: where a public token has been exchanged, that of the access token.
    static func fingerprint(of credential: Credential, _ keys: LedgerKeys, _ database: LedgerSession) throws
        -> Fingerprint
    {
        guard case .publicToken(let token) = credential else { return keys.fingerprint(of: credential.secret) }
        let known = keys.fingerprint(ofPublic: token)
        guard try database.hasTable("exchanges") else { return known }
        let row = try database.row(
            "SELECT access_fingerprint FROM exchanges WHERE public_fingerprint = ?",
            [known.bytes]
        )
        let access = try row?.bytes("access_fingerprint") ?? []
        return access.isEmpty ? known : Fingerprint(bytes: access)
    }

    /// What is known of a public token's exchange.
    static func fetch(_ publicToken: Secret, _ keys: LedgerKeys, _ database: LedgerSession) throws -> Exchange? {
        let fingerprint = keys.fingerprint(ofPublic: publicToken)
        let row = try database.row(
            "SELECT open_since, received_at, access_token FROM exchanges WHERE public_fingerprint = ?",
            [fingerprint.bytes]
        )
        guard let row else { return nil }
        let token = keys.open(try row.bytes("access_token"), for: sealing(fingerprint))
        return Exchange(
            accessToken: token,
            isOutOfReach: try token == nil && row.timestamp("received_at") != nil,
            openSince: try row.timestamp("open_since")
        )
    }

    /// Notes that Plaid is asked now.
    static func open(_ publicToken: Secret, at: Timestamp, _ keys: LedgerKeys, _ database: LedgerSession) throws {
        try database.execute(
            """
            INSERT INTO exchanges (public_fingerprint, open_since) VALUES (?, ?)
            ON CONFLICT (public_fingerprint) DO UPDATE SET open_since = coalesce(exchanges.open_since, excluded.open_since)
            """,
            [keys.fingerprint(ofPublic: publicToken).bytes, at.milliseconds]
        )
    }

    /// Notes that Plaid did not act.
    static func close(_ publicToken: Secret, _ keys: LedgerKeys, _ database: LedgerSession) throws {
        try database.execute(
            "UPDATE exchanges SET open_since = NULL WHERE public_fingerprint = ? AND received_at IS NULL",
            [keys.fingerprint(ofPublic: publicToken).bytes]
        )
    }

    /// Keeps what Plaid gave, sealed.
    static func keep(
        _ token: ExchangedToken,
        for publicToken: Secret,
        at: Timestamp,
        _ keys: LedgerKeys,
        _ database: LedgerSession
    ) throws {
        let fingerprint = keys.fingerprint(ofPublic: publicToken)
        try database.execute(
            """
            INSERT INTO exchanges (public_fingerprint, received_at, access_fingerprint, access_token, item_id)
            VALUES (:public, :at, :access, :token, :item)
            ON CONFLICT (public_fingerprint) DO UPDATE SET open_since = NULL, received_at = :at,
                access_fingerprint = :access, access_token = :token, item_id = :item
            """,
            [
                "public": fingerprint.bytes, "at": at.milliseconds,
                "access": keys.fingerprint(of: token.accessToken).bytes,
                "token": try keys.seal(token.accessToken, for: sealing(fingerprint)), "item": token.itemID,
            ]
        )
    }

    /// Some of the rows whose access token is here, in the order in which they were first met.
    ///
    /// - Parameters:
    ///   - link: Rows after this one.
    ///   - limit: So many at most.
    ///   - again: Also those that were given out before.
    ///   - keys: What opens them.
    ///   - database: The ledger.
    /// - Returns: None at the end.
    /// - Throws: What the engine throws.
    static func kept(
        after link: Link.ID,
        limit: Int,
        again: Bool,
        _ keys: LedgerKeys,
        _ database: LedgerSession
    ) throws -> [KeptToken] {
        try database.rows(
            """
            SELECT links.id AS link, owner_kind, owner_id, account_id, reference, exchanges.id AS exchange,
                public_fingerprint, access_token, item_id, received_at
            FROM links JOIN exchanges ON exchanges.id = links.exchange
            WHERE links.id > ? AND access_token IS NOT NULL AND (? OR exported_at IS NULL) ORDER BY links.id LIMIT ?
            """,
            [link, again, limit]
        ).compactMap { row in
            guard let owner = try row.owner() else { return nil }
            let fingerprint = Fingerprint(bytes: try row.bytes("public_fingerprint"))
            return KeptToken(
                exchange: try row.value("exchange"),
                link: try row.value("link"),
                identity: Identity(owner: owner, accountID: try row.value("account_id")),
                reference: try row.value("reference"),
                accessToken: keys.open(try row.bytes("access_token"), for: sealing(fingerprint)),
                itemID: try row.value("item_id"),
                receivedAt: try row.timestamp("received_at") ?? Timestamp(milliseconds: 0)
            )
        }
    }

    /// Rows that go on with an access token of this ledger, some at a time: those that are not linked and may be yet.
    static func open(
        after link: Link.ID,
        limit: Int,
        _ keys: LedgerKeys,
        _ database: LedgerSession
    ) throws -> [(link: Link.ID, row: InputRow)] {
        try database.rows(
            """
            SELECT links.id AS link, owner_kind, owner_id, account_id, reference, public_fingerprint, access_token,
                files.path AS file_path, line
            FROM links JOIN exchanges ON exchanges.id = links.exchange JOIN files ON files.id = links.file
            WHERE links.id > ? AND state IN ('pending', 'minted', 'retryable', 'posting', 'in_doubt')
                AND state <> 'linked' AND access_token IS NOT NULL
            ORDER BY links.id LIMIT ?
            """,
            [link, limit]
        ).compactMap { row in
            let fingerprint = Fingerprint(bytes: try row.bytes("public_fingerprint"))
            guard let owner = try row.owner(),
                let token = keys.open(try row.bytes("access_token"), for: sealing(fingerprint))
            else { return nil }
            let position = InputPosition(file: try row.value("file_path"), line: try row.value("line"))
            let input = InputRow(
                identity: Identity(owner: owner, accountID: try row.value("account_id")),
                credential: .accessToken(token),
                reference: try row.value("reference"),
                position: position
            )
            return (try row.value("link"), input)
        }
    }

    /// Notes that access tokens were given out, and wipes them if they are to be forgotten.
    static func noteExport(_ exchanges: [Int64], forget: Bool, at: Timestamp, _ database: LedgerSession) throws {
        let sql =
            "UPDATE exchanges SET exported_at = ?, access_token = CASE WHEN ? THEN NULL ELSE access_token END WHERE id = ?"
        for id in exchanges { try database.execute(sql, [at.milliseconds, forget, id]) }
    }

    /// How many access tokens exist in this ledger and, as far as it knows, nowhere else.
    static func unexported(_ database: LedgerSession) throws -> Int {
        guard try database.hasTable("exchanges") else { return 0 }
        return try database.value(
            "SELECT count(*) FROM exchanges WHERE received_at IS NOT NULL AND exported_at IS NULL"
        ) ?? 0
    }

    /// What was sealed for one public token opens for no other.
    static func sealing(_ fingerprint: Fingerprint) -> Identity {
        Identity(owner: Owner(kind: .customer, id: "exchange"), accountID: fingerprint.bytes.map(\.hexDigits).joined())
    }
}
