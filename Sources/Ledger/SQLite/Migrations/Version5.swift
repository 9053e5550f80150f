import GRDB

extension Migrations {
    /// Adds the invitations to Plaid Link; an account to come has the empty id.
    static func migrateToVersion5(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE invitations (
                    id INTEGER PRIMARY KEY,
                    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('customer', 'business')),
                    owner_key TEXT NOT NULL,
                    owner_id TEXT NOT NULL,
                    account_id TEXT NOT NULL,
                    reference TEXT,
                    mode TEXT NOT NULL CHECK (mode IN ('update_mode', 'first_time')),
                    asked BLOB NOT NULL,
                    token BLOB,
                    hosted_url BLOB,
                    expiration TEXT,
                    expires_at INTEGER,
                    made_at INTEGER,
                    request_id TEXT,
                    error_source TEXT,
                    error_type TEXT,
                    error_code TEXT,
                    error_message TEXT,
                    run INTEGER NOT NULL REFERENCES runs,
                    file INTEGER NOT NULL REFERENCES files,
                    line INTEGER NOT NULL,
                    CHECK (token IS NULL OR (expiration IS NOT NULL AND made_at IS NOT NULL)),
                    CHECK (hosted_url IS NULL OR token IS NOT NULL)
                ) STRICT;
                CREATE UNIQUE INDEX invitations_identity ON invitations (owner_kind, owner_key, account_id);
                CREATE INDEX invitations_run ON invitations (run);
                """
        )
    }
}
