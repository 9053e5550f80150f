/// The ledger's tables on a PostgreSQL server: those of SQLite's version 9, with the same columns, checks and indexes, and
/// those by which several workers share them.
///
/// Texts are in the order of their bytes, as in SQLite, whatever the database's own collation is.
enum PostgreSQLSchema {
    /// The version that this program makes and needs.
    static let version = 10

    /// How a ledger on a server stands.
    enum Standing: Equatable {
        case missing
        /// It is of an older program, and has this version.
        case older(Int)
        case current
    }

    /// Whether a schema holds a ledger, and of which version.
    ///
    /// - Throws: `LedgerError.newer`, or `.notALedger` where somebody else's tables have its names.
    static func standing(_ session: LedgerSession, name: String) throws -> Standing {
        guard try session.value("SELECT current_schema()") as String? != nil else {
            throw LedgerError.refused(path: name, why: "the schema that its search_path names does not exist")
        }
        guard try session.hasTable("schema_version") else {
            let taken = try session.engine.schemaNames()
            guard taken.isDisjoint(with: ["ledger", "links", "runs"]) else { throw LedgerError.notALedger(path: name) }
            return .missing
        }
        guard try session.hasTable("ledger") else { throw LedgerError.notALedger(path: name) }
        let found: Int = try session.value("SELECT version FROM schema_version") ?? 0
        guard found <= version else { throw LedgerError.newer(path: name) }
        return found == version ? .current : .older(found)
    }

    /// Makes the tables where there are none; only for who has the writer's lock.
    static func make(_ session: LedgerSession) throws {
        for statements in all { try session.engine.executeScript(statements) }
        try session.execute("INSERT INTO schema_version (id, version) VALUES (1, ?)", [version])
    }

    /// Brings the tables of an older program up to date; only for who has the lock to himself.
    static func migrate(from found: Int, _ session: LedgerSession) throws {
        if found < 10 {
            try session.engine.executeScript(workers)
            try session.engine.executeScript(claims)
            try session.engine.executeScript(climates)
            try session.engine.executeScript("DROP TABLE last_write")
        }
        try session.execute("UPDATE schema_version SET version = ?", [version])
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
        versions, runs, files, items, exchanges, links, ledger, attempts, invalidRows, credentials, stops,
        learnedRates, runStates, runCalls, pastStates, removals, invitations, accounts, newestAnswered, past,
        workers, claims, climates,
    ]

    private static let versions = """
        CREATE TABLE schema_version (
            id BIGINT PRIMARY KEY CHECK (id = 1),
            version BIGINT NOT NULL
        );
        """

    /// Who works on the ledger: a run that is not here any more has been taken over, and writes nothing.
    ///
    /// Times are milliseconds since 1970 on the server's clock.
    private static let workers = """
        CREATE TABLE workers (
            run BIGINT PRIMARY KEY REFERENCES runs,
            holder TEXT COLLATE "C" NOT NULL,
            started_at BIGINT NOT NULL,
            lease BIGINT NOT NULL,
            lease_until BIGINT NOT NULL,
            last_write BIGINT NOT NULL DEFAULT 0
        );
        """

    /// The owners whose rows a worker has in hand.
    private static let claims = """
        CREATE TABLE claims (
            owner_kind TEXT COLLATE "C" NOT NULL CHECK (owner_kind IN ('customer', 'business')),
            owner_key TEXT COLLATE "C" NOT NULL,
            run BIGINT NOT NULL REFERENCES workers ON DELETE CASCADE,
            PRIMARY KEY (owner_kind, owner_key)
        );
        CREATE INDEX claims_run ON claims (run);
        """

    /// What the workers share of each API: a text that is theirs, the server's life in which it was kept, and when.
    ///
    /// Pages have room for the versions of a row that changes many times a second.
    static let climates = """
        CREATE TABLE climates (
            api TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (api IN ('plaid', 'bond')),
            state TEXT NOT NULL,
            server_started TEXT NOT NULL,
            changed_at BIGINT NOT NULL
        ) WITH (fillfactor = 25);
        """

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
