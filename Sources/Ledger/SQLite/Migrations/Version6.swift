import GRDB

extension Migrations {
    /// Adds how the Items behind the rows are, and what their accounts are known again by.
    static func migrateToVersion6(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE items (
                    id INTEGER PRIMARY KEY,
                    fingerprint BLOB NOT NULL UNIQUE,
                    item_id TEXT,
                    institution_id TEXT,
                    institution_name TEXT,
                    action TEXT NOT NULL DEFAULT 'none',
                    error_source TEXT,
                    error_type TEXT,
                    error_code TEXT,
                    error_message TEXT,
                    unhealthy_since INTEGER,
                    repaired_at INTEGER,
                    consent_expires_at INTEGER,
                    checked_at INTEGER,
                    request_id TEXT,
                    run INTEGER NOT NULL REFERENCES runs,
                    CHECK (action = 'none' OR (error_code IS NOT NULL AND unhealthy_since IS NOT NULL))
                ) STRICT;
                CREATE INDEX items_unhealthy ON items (action) WHERE action <> 'none';
                ALTER TABLE links ADD COLUMN item INTEGER REFERENCES items;
                CREATE INDEX links_item ON links (item) WHERE item IS NOT NULL;
                CREATE TABLE accounts (
                    link INTEGER PRIMARY KEY REFERENCES links,
                    persistent BLOB,
                    traits BLOB,
                    seen_at INTEGER,
                    missing_since INTEGER,
                    proposed_account_id TEXT,
                    proposed_by TEXT CHECK (proposed_by IN ('persistent_account_id', 'mask_name_subtype')),
                    CHECK ((proposed_account_id IS NULL) = (proposed_by IS NULL))
                ) STRICT;
                CREATE INDEX accounts_proposed ON accounts (link) WHERE proposed_account_id IS NOT NULL;
                """
        )
    }
}
