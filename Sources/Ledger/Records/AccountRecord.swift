import Domain

/// A row of the table `accounts`: what a row's bank account is known again by, as keyed hashes.
enum AccountRecord {
    private typealias Match = (id: String, by: String)

    /// Whether an Item has rows whose accounts have not been looked at, or were not there when they were.
    static func isMissingSome(of item: Item.ID, _ database: LedgerSession) throws -> Bool {
        try database.finds(
            """
            SELECT 1 FROM links LEFT JOIN accounts ON accounts.link = links.id
            WHERE item = ? AND (accounts.link IS NULL OR missing_since IS NOT NULL
                OR error_code = 'INVALID_ACCOUNT_ID') LIMIT 1
            """,
            [item]
        )
    }

    /// How many rows there is a proposal for.
    static func proposals(_ database: LedgerSession) throws -> Int {
        try database.value(
            """
            SELECT count(*) FROM accounts \(database.hint(index: "accounts_proposed"))
            WHERE proposed_account_id IS NOT NULL
            """
        ) ?? 0
    }

    /// Keeps what the accounts of an Item are known by, and looks for those that are not there any more.
    static func note(
        _ accounts: [PlaidAccount],
        of item: Item.ID,
        at: Timestamp,
        keys: LedgerKeys,
        _ database: LedgerSession
    ) throws {
        let rows = try database.rows(
            """
            SELECT links.id, account_id, owner_kind, owner_key, persistent, traits FROM links
            LEFT JOIN accounts ON accounts.link = links.id WHERE item = ?
            """,
            [item]
        )
        for row in rows {
            let link: Link.ID = try row.value("id")
            let accountID: String = try row.value("account_id")
            if let account = accounts.first(where: { $0.id == accountID }) {
                try see(account, as: link, at: at, keys: keys, database)
            } else {
                let match = try match(for: row, among: accounts, keys: keys, database)
                try miss(link, match, at: at, database)
            }
        }
    }

    private static func see(
        _ account: PlaidAccount,
        as link: Link.ID,
        at: Timestamp,
        keys: LedgerKeys,
        _ database: LedgerSession
    ) throws {
        try database.execute(
            """
            INSERT INTO accounts (link, persistent, traits, seen_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (link) DO UPDATE SET persistent = excluded.persistent, traits = excluded.traits,
                seen_at = excluded.seen_at, missing_since = NULL, proposed_account_id = NULL, proposed_by = NULL
            """,
            [
                link, persistent(account, keys), traits(account, keys), at.milliseconds,
            ]
        )
    }

    private static func miss(_ link: Link.ID, _ match: Match?, at: Timestamp, _ database: LedgerSession) throws {
        try database.execute(
            """
            INSERT INTO accounts (link, missing_since, proposed_account_id, proposed_by) VALUES (?, ?, ?, ?)
            ON CONFLICT (link) DO UPDATE SET missing_since = coalesce(accounts.missing_since, excluded.missing_since),
                proposed_account_id = excluded.proposed_account_id, proposed_by = excluded.proposed_by
            """,
            [link, at.milliseconds, match?.id, match?.by]
        )
    }

    /// The one account that seems to be the row's under a new id; one that has a row of its own is none.
    private static func match(
        for row: LedgerRow,
        among accounts: [PlaidAccount],
        keys: LedgerKeys,
        _ database: LedgerSession
    ) throws -> Match? {
        let (persistent, traits) = (try row.bytes("persistent"), try row.bytes("traits"))
        func only(_ hash: [UInt8], _ of: (PlaidAccount, LedgerKeys) -> [UInt8]?) -> String? {
            let same = hash.isEmpty ? [] : accounts.filter { of($0, keys) == hash }
            return same.count == 1 ? same[0].id : nil
        }
        let byID = only(persistent, self.persistent).map { Match(id: $0, by: "persistent_account_id") }
        guard let match = byID ?? only(traits, self.traits).map({ Match(id: $0, by: "mask_name_subtype") }) else {
            return nil
        }
        let isTaken =
            try database.finds(
                "SELECT 1 FROM links WHERE owner_kind = ? AND owner_key = ? AND account_id = ?",
                [try row.value("owner_kind") as String, try row.value("owner_key") as String, match.id]
            )
        return isTaken ? nil : match
    }

    private static func persistent(_ account: PlaidAccount, _ keys: LedgerKeys) -> [UInt8]? {
        account.persistentID.map { keys.hash("persistent account", $0) }
    }

    private static func traits(_ account: PlaidAccount, _ keys: LedgerKeys) -> [UInt8]? {
        account.traits.map { keys.hash("account traits", $0) }
    }
}
