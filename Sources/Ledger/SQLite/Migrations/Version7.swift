import GRDB

extension Migrations {
    /// Adds the exchanges of public tokens, with what they gave: an access token that exists nowhere else.
    static func migrateToVersion7(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE exchanges (
                    id INTEGER PRIMARY KEY,
                    public_fingerprint BLOB NOT NULL UNIQUE,
                    open_since INTEGER,
                    received_at INTEGER,
                    access_fingerprint BLOB,
                    access_token BLOB,
                    item_id TEXT,
                    exported_at INTEGER,
                    CHECK ((received_at IS NULL) = (access_fingerprint IS NULL)),
                    CHECK (access_token IS NULL OR received_at IS NOT NULL),
                    CHECK (received_at IS NULL OR access_token IS NOT NULL OR exported_at IS NOT NULL)
                ) STRICT;
                CREATE INDEX exchanges_access ON exchanges (access_fingerprint) WHERE access_fingerprint IS NOT NULL;
                ALTER TABLE links ADD COLUMN exchange INTEGER REFERENCES exchanges;
                CREATE INDEX links_exchange ON links (exchange) WHERE exchange IS NOT NULL;
                """
        )
    }
}
