/// The ledger's tables on a PostgreSQL server: those of SQLite's version 9, with the same columns, checks and indexes.
///
/// Texts are in the order of their bytes, as in SQLite, whatever the database's own collation is.
enum PostgreSQLSchema {
    /// The version that this program makes and needs.
    static let version = 9

    /// Whether a schema holds a ledger.
    ///
    /// - Throws: `LedgerError.newer`, or `.notALedger` where somebody else's tables have its names.
    static func isThere(_ session: LedgerSession, name: String) throws -> Bool {
        guard try session.value("SELECT current_schema()") as String? != nil else {
            throw LedgerError.refused(path: name, why: "the schema that its search_path names does not exist")
        }
        guard try session.hasTable("schema_version") else {
            let taken = try session.engine.schemaNames()
            guard taken.isDisjoint(with: ["ledger", "links", "runs"]) else { throw LedgerError.notALedger(path: name) }
            return false
        }
        guard try session.hasTable("ledger") else { throw LedgerError.notALedger(path: name) }
        let found: Int = try session.value("SELECT version FROM schema_version") ?? 0
        guard found <= version else { throw LedgerError.newer(path: name) }
        return true
    }

    /// Makes the tables where there are none; only for who has the writer's lock.
    static func make(_ session: LedgerSession) throws {
        for statements in all { try session.engine.executeScript(statements) }
        try session.execute("INSERT INTO schema_version (id, version) VALUES (1, ?)", [version])
    }

    /// Makes the numbers that the server gives go on behind those that were copied.
    static func countOn(_ session: LedgerSession) throws {
        for table in LedgerTable.all where table.hasNumbers {
            try session.execute(
                """
                SELECT setval(pg_get_serial_sequence('\(table.name)', 'id'), max(id)) FROM \(table.name)
                HAVING max(id) IS NOT NULL
                """
            )
        }
    }

    private static let all = [
        versions, writes, runs, files, items, exchanges, links, ledger, attempts, invalidRows, credentials, stops,
        learnedRates, runStates, runCalls, pastStates, removals, invitations, accounts, newestAnswered, past,
    ]

    private static let versions = """
        CREATE TABLE schema_version (
            id BIGINT PRIMARY KEY CHECK (id = 1),
            version BIGINT NOT NULL
        );
        """

    /// The number of the newest transaction of a run, by which it knows after a lost connection whether that was committed.
    private static let writes = """
        CREATE TABLE last_write (
            id BIGINT PRIMARY KEY CHECK (id = 1),
            number BIGINT NOT NULL
        );
        INSERT INTO last_write VALUES (1, 0);
        """

    /// The statement that keeps the number of the transaction it is in.
    static func noteWrite(_ number: Int64) -> String {
        "UPDATE last_write SET number = \(number)"
    }

    /// The number of the newest transaction that was committed.
    static func lastWrite(_ session: LedgerSession) throws -> Int64? {
        try session.value("SELECT number FROM last_write")
    }

    /// The table `ledger` comes before `links` in a copy.
    private static let newestAnswered = """
        ALTER TABLE ledger ADD FOREIGN KEY (newest_answered) REFERENCES links DEFERRABLE INITIALLY IMMEDIATE;
        """

    /// The first change that a run makes to a row keeps what the row was; later ones find it kept.
    private static let past = """
        CREATE FUNCTION links_past() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.first_seen_at < (SELECT started_at FROM runs ORDER BY id DESC LIMIT 1) THEN
                INSERT INTO past_states (run, link, state, action, error_source, error_code) VALUES (
                    (SELECT max(id) FROM runs), OLD.id, OLD.state, OLD.action, OLD.error_source, OLD.error_code
                ) ON CONFLICT DO NOTHING;
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER links_past AFTER UPDATE OF state ON links FOR EACH ROW
            WHEN (OLD.state <> NEW.state OR OLD.error_code IS DISTINCT FROM NEW.error_code)
            EXECUTE FUNCTION links_past();
        """
}
