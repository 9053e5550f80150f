import GRDB

extension Migrations {
    /// The first schema.
    ///
    /// Times are milliseconds since 1970 in UTC; `run` and `file` are numbers of those tables.
    static func migrateToVersion1(_ database: Database) throws {
        for table in [ledger, runs, files, links, attempts, invalidRows, credentials, stops] {
            try database.execute(sql: table)
        }
    }

    private static let ledger = """
        CREATE TABLE ledger (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            environment TEXT NOT NULL,
            client_hash BLOB NOT NULL,
            salt BLOB NOT NULL,
            epoch INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            newest_answered INTEGER REFERENCES links
        ) STRICT;
        """

    private static let runs = """
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('run', 'reconcile', 'resolve')),
            command TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            finished_at INTEGER,
            outcome TEXT,
            exit_code INTEGER,
            rows_read INTEGER,
            rows_attempted INTEGER
        ) STRICT;
        """

    private static let files = """
        CREATE TABLE files (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE
        ) STRICT;
        """

    private static let links = """
        CREATE TABLE links (
            id INTEGER PRIMARY KEY,
            owner_kind TEXT NOT NULL CHECK (owner_kind IN ('customer', 'business')),
            owner_key TEXT NOT NULL,
            owner_id TEXT NOT NULL,
            account_id TEXT NOT NULL,
            reference TEXT,
            state TEXT NOT NULL CHECK (state IN ('pending', 'minted', 'posting', 'linked', 'in_doubt', 'retryable',
                'needs_user', 'rejected', 'held', 'unlinked')),
            action TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            token BLOB,
            token_fingerprint BLOB,
            token_minted_at INTEGER,
            token_run INTEGER,
            mint_sent_at INTEGER,
            intent_at INTEGER,
            intent_from TEXT,
            clock_offset INTEGER,
            attempt_ended_at INTEGER,
            doubt TEXT,
            linked_account_id TEXT,
            bond_account_id TEXT,
            bond_status TEXT,
            verification_status TEXT,
            bond_created TEXT,
            bond_updated TEXT,
            evidence TEXT,
            because TEXT,
            error_source TEXT,
            error_type TEXT,
            error_code TEXT,
            error_message TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            orphans INTEGER NOT NULL DEFAULT 0,
            unknown_runs INTEGER NOT NULL DEFAULT 0,
            missed_audits INTEGER NOT NULL DEFAULT 0,
            stopped_run_at INTEGER,
            tried_at INTEGER,
            plaid_request_id TEXT,
            first_seen_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            linked_at INTEGER,
            run INTEGER NOT NULL REFERENCES runs,
            file INTEGER NOT NULL REFERENCES files,
            line INTEGER NOT NULL,
            CHECK (state <> 'posting' OR (intent_at IS NOT NULL AND token IS NOT NULL)),
            CHECK (state <> 'in_doubt' OR (intent_at IS NOT NULL AND attempt_ended_at IS NOT NULL)),
            CHECK (state <> 'minted' OR token IS NOT NULL),
            CHECK (state <> 'linked' OR (linked_account_id IS NOT NULL AND token IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX links_identity ON links (owner_kind, owner_key, account_id);
        CREATE UNIQUE INDEX links_linked_account ON links (linked_account_id) WHERE linked_account_id IS NOT NULL;
        CREATE INDEX links_open ON links (state) WHERE state <> 'linked';
        CREATE INDEX links_orphans ON links (orphans) WHERE orphans > 0;
        """

    private static let attempts = """
        CREATE TABLE attempts (
            id INTEGER PRIMARY KEY,
            link INTEGER NOT NULL REFERENCES links,
            run INTEGER NOT NULL REFERENCES runs,
            call TEXT NOT NULL,
            result TEXT NOT NULL,
            sent_at INTEGER NOT NULL,
            latency INTEGER,
            http_status INTEGER,
            error_code TEXT,
            message TEXT,
            request_id TEXT
        ) STRICT;
        CREATE INDEX attempts_link ON attempts (link);
        """

    private static let invalidRows = """
        CREATE TABLE invalid_rows (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs,
            file TEXT NOT NULL,
            line INTEGER NOT NULL,
            problem_line INTEGER NOT NULL,
            problem_column INTEGER NOT NULL,
            reason TEXT NOT NULL,
            message TEXT NOT NULL,
            reference TEXT,
            owner_kind TEXT,
            owner_id TEXT,
            account_id TEXT,
            seen_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX invalid_rows_run ON invalid_rows (run);
        """

    private static let credentials = """
        CREATE TABLE credentials (
            api TEXT NOT NULL,
            hash BLOB NOT NULL,
            last_success_at INTEGER NOT NULL,
            PRIMARY KEY (api, hash)
        ) STRICT, WITHOUT ROWID;
        """

    private static let stops = """
        CREATE TABLE stops (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs,
            stop TEXT NOT NULL,
            credentials BLOB NOT NULL,
            stopped_at INTEGER NOT NULL
        ) STRICT;
        """
}
