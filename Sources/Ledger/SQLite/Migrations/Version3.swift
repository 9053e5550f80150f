import GRDB

extension Migrations {
    /// Adds what runs came to, and what rows were before a run changed them.
    static func migrateToVersion3(_ database: Database) throws {
        for text in [runStates, runCalls, pastStates, pastStatesTrigger] { try database.execute(sql: text) }
    }

    /// The whole ledger by state when a run ended.
    private static let runStates = """
        CREATE TABLE run_states (
            run INTEGER NOT NULL REFERENCES runs,
            state TEXT NOT NULL,
            rows INTEGER NOT NULL,
            PRIMARY KEY (run, state)
        ) STRICT, WITHOUT ROWID;
        """

    /// A run's calls to each API, and the rate it was given, in calls a second; null where there was no limit.
    private static let runCalls = """
        CREATE TABLE run_calls (
            run INTEGER NOT NULL REFERENCES runs,
            api TEXT NOT NULL CHECK (api IN ('plaid', 'bond')),
            ok INTEGER NOT NULL,
            rate_limited INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            rate_given REAL,
            PRIMARY KEY (run, api)
        ) STRICT, WITHOUT ROWID;
        """

    /// What a row was before this run, where the run changed it and did not bring the row into the ledger.
    private static let pastStates = """
        CREATE TABLE past_states (
            run INTEGER NOT NULL REFERENCES runs,
            link INTEGER NOT NULL REFERENCES links,
            state TEXT NOT NULL,
            action TEXT NOT NULL,
            error_source TEXT,
            error_code TEXT,
            PRIMARY KEY (run, link)
        ) STRICT, WITHOUT ROWID;
        """

    /// The first change that a run makes to a row keeps what the row was; later ones find it kept.
    private static let pastStatesTrigger = """
        CREATE TRIGGER links_past AFTER UPDATE OF state ON links
        WHEN (OLD.state <> NEW.state OR OLD.error_code IS NOT NEW.error_code)
            AND OLD.first_seen_at < (SELECT started_at FROM runs ORDER BY id DESC LIMIT 1)
        BEGIN
            INSERT OR IGNORE INTO past_states VALUES (
                (SELECT max(id) FROM runs), OLD.id, OLD.state, OLD.action, OLD.error_source, OLD.error_code
            );
        END;
        """
}
