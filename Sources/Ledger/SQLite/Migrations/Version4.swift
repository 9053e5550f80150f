import GRDB

extension Migrations {
    /// Adds the removals of links: also of those that no row has, which `attempts` cannot hold.
    ///
    /// A removal is open, without an outcome, from the moment its DELETE leaves until Bond's list has told what it did.
    static func migrateToVersion4(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE removals (
                    id INTEGER PRIMARY KEY,
                    run INTEGER NOT NULL REFERENCES runs,
                    link INTEGER REFERENCES links,
                    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('customer', 'business')),
                    owner_key TEXT NOT NULL,
                    owner_id TEXT NOT NULL,
                    linked_account_id TEXT NOT NULL,
                    form TEXT,
                    listed_status TEXT,
                    intent_at INTEGER,
                    calls INTEGER NOT NULL DEFAULT 0,
                    http_status INTEGER,
                    error_code TEXT,
                    message TEXT,
                    settled_at INTEGER,
                    outcome TEXT CHECK (outcome IN ('removed', 'refused', 'no_effect')),
                    CHECK (outcome IS NOT NULL OR intent_at IS NOT NULL),
                    CHECK ((outcome IS NULL) = (settled_at IS NULL))
                ) STRICT;
                CREATE INDEX removals_link ON removals (linked_account_id);
                """
        )
    }
}
