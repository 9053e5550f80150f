import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// A ledger of each released version, made by the literal text of that version, must open and keep its rows.
@Suite struct MigrationTests {
    @Test(.timeLimit(.minutes(5))) func aNewLedgerHasTheNewestSchema() async throws {
        try await ScratchFolder.with { folder in
            let (fresh, fixture) = (folder.file("fresh.sqlite"), folder.file("fixture.sqlite"))
            _ = try LedgerWriter(Sample.opening(fresh))
            try LedgerEye(fixture).execute(
                Self.version1 + Self.version2 + Self.version3 + Self.version4 + Self.version5 + Self.version6
                    + Self.version7 + Self.version8 + Self.version9
            )
            #expect(try schema(fresh) == schema(fixture))
            #expect(
                try LedgerEye(fresh).strings("SELECT identifier FROM grdb_migrations") == [
                    "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9",
                ]
            )
        }
    }

    @Test(.timeLimit(.minutes(5))) func aLedgerOfVersion1OpensWithAllItsRows() async throws {
        try await Desk.withPath { path in
            try LedgerEye(path).execute(Self.version1)
            try LedgerEye(path).execute(Self.rows)
            let ledger = try LedgerWriter(
                Sample.opening(path, kind: .resolve, environment: nil, client: "", runID: "run-2")
            )
            #expect(ledger.run == 2)
            #expect(try await ledger.link(1).state == .linked)
            #expect(try await ledger.link(2).state == .inDoubt, "posting, when its process ended")
            #expect(try await ledger.link(2).tokenIsUnreadable)
            let proof = try await ledger.newestProof()
            #expect(proof?.linkedAccountID == "link-1")
            var rows: [ReportRow] = []
            try LedgerReader(path: path).forEachRow { rows.append($0) }
            #expect(rows.map(\.accountID) == ["account-1", "account-2", nil])
            #expect(rows.first?.linkedAt == Timestamp(milliseconds: 1_790_000_002_000))
            #expect(try LedgerReader(path: path).environment() == "production")
            #expect(try LedgerEye(path).string("PRAGMA integrity_check") == "ok")
            #expect(try LedgerEye(path).rows("PRAGMA foreign_key_check").isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [1, 2]) func anOlderLedgerCanBeReportedAsItIs(version: Int) async throws {
        try await Desk.withPath { path in
            try LedgerEye(path).execute(Self.version1 + (version == 2 ? Self.version2 : ""))
            try LedgerEye(path).execute(Self.rows)
            let reader = try LedgerReader(path: path)
            let figures = try reader.figures()
            #expect(!figures.keepsHistory)
            #expect(try reader.overview().items.checkedAt == nil)
            try reader.forEachRow(matching: RowFilter(isUnhealthy: true)) { Issue.record("\($0)") }
            #expect(figures.states.values.reduce(0, +) == 3)
            #expect(figures.runs.map(\.states) == [[:]])
            var rows = 0
            try reader.forEachRow(matching: RowFilter(run: 1)) { _ in rows += 1 }
            #expect(rows == 3)
            let run = try reader.run(named: "last")
            #expect(throws: LedgerError.noHistory(run: run.id)) {
                try reader.compare(run, run, begin: { _ in }, { _ in })
            }
            #expect(try LedgerEye(path).int("SELECT count(*) FROM sqlite_schema WHERE name = 'run_states'") == 0)
            let order = RemovalOrder(owner: Owner(kind: .customer, id: "customer-1"), linkedAccountID: "link-1")
            #expect(try reader.standings(of: [order]).first?.row?.accountID == "account-1")
        }
    }

    /// The text of every table and index, without line breaks and indentation.
    private func schema(_ path: String) throws -> [String] {
        try LedgerEye(path).rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            .filter { ($0["name"] as String) != "grdb_migrations" }
            .map { ($0["sql"] as String).split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }

    /// What the second version added to the first.
    private static let version2 = """
        CREATE TABLE learned_rates (
            api TEXT NOT NULL PRIMARY KEY CHECK (api IN ('plaid', 'bond')),
            calls_per_second REAL NOT NULL CHECK (calls_per_second > 0),
            learned_at INTEGER NOT NULL
        ) STRICT;
        """

    /// What the third version added.
    private static let version3 = """
        CREATE TABLE run_states (
            run INTEGER NOT NULL REFERENCES runs,
            state TEXT NOT NULL,
            rows INTEGER NOT NULL,
            PRIMARY KEY (run, state)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE run_calls (
            run INTEGER NOT NULL REFERENCES runs,
            api TEXT NOT NULL CHECK (api IN ('plaid', 'bond')),
            ok INTEGER NOT NULL,
            rate_limited INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            rate_given REAL,
            PRIMARY KEY (run, api)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE past_states (
            run INTEGER NOT NULL REFERENCES runs,
            link INTEGER NOT NULL REFERENCES links,
            state TEXT NOT NULL,
            action TEXT NOT NULL,
            error_source TEXT,
            error_code TEXT,
            PRIMARY KEY (run, link)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER links_past AFTER UPDATE OF state ON links
        WHEN (OLD.state <> NEW.state OR OLD.error_code IS NOT NEW.error_code)
            AND OLD.first_seen_at < (SELECT started_at FROM runs ORDER BY id DESC LIMIT 1)
        BEGIN
            INSERT OR IGNORE INTO past_states VALUES (
                (SELECT max(id) FROM runs), OLD.id, OLD.state, OLD.action, OLD.error_source, OLD.error_code
            );
        END;
        """

    /// What the fourth version added.
    private static let version4 = """
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

    private static let rows = """
        INSERT INTO ledger VALUES (1, 'production', x'00', x'000102', 1, 1790000000000, NULL);
        INSERT INTO runs VALUES (1, 'run-1', 'run', 'relink run', 1790000000000, NULL, NULL, NULL, NULL, NULL);
        INSERT INTO files VALUES (1, 'rows.csv');
        INSERT INTO links (id, owner_kind, owner_key, owner_id, account_id, reference, state, action, fingerprint,
            linked_account_id, attempts, first_seen_at, updated_at, linked_at, run, file, line)
        VALUES (1, 'customer', 'customer-1', 'customer-1', 'account-1', 'r-1', 'linked', 'none', x'01',
            'link-1', 1, 1790000000000, 1790000002000, 1790000002000, 1, 1, 2);
        INSERT INTO links (id, owner_kind, owner_key, owner_id, account_id, state, action, fingerprint, token,
            token_fingerprint, token_minted_at, token_run, intent_at, intent_from, attempts, first_seen_at, updated_at,
            run, file, line)
        VALUES (2, 'customer', 'customer-1', 'customer-1', 'account-2', 'posting', 'none', x'01', x'0203',
            x'01', 1790000001000, 1, 1790000003000, 'minted', 1, 1790000000000, 1790000003000, 1, 1, 3);
        UPDATE ledger SET newest_answered = 1;
        INSERT INTO attempts VALUES (1, 1, 1, 'post', 'ok', 1790000001500, 500, 201, NULL, NULL, NULL);
        INSERT INTO invalid_rows
        VALUES (1, 1, 'rows.csv', 4, 4, 1, 'bad_utf8', 'bytes', NULL, NULL, NULL, NULL, 1790000000000);
        INSERT INTO credentials VALUES ('bond', x'00', 1790000002000);
        INSERT INTO stops VALUES (1, 1, 'refusals:bond:x', x'00', 1790000002000);
        """

    /// Version 1 as it was released: never to be changed.
    private static let version1 = """
        PRAGMA application_id = 1380732491;
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('v1');
        CREATE TABLE ledger (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            environment TEXT NOT NULL,
            client_hash BLOB NOT NULL,
            salt BLOB NOT NULL,
            epoch INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            newest_answered INTEGER REFERENCES links
        ) STRICT;
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
        CREATE TABLE files (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE
        ) STRICT;
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
        CREATE TABLE credentials (
            api TEXT NOT NULL,
            hash BLOB NOT NULL,
            last_success_at INTEGER NOT NULL,
            PRIMARY KEY (api, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE stops (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs,
            stop TEXT NOT NULL,
            credentials BLOB NOT NULL,
            stopped_at INTEGER NOT NULL
        ) STRICT;
        """

    /// What the fifth version added.
    private static let version5 = """
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

    /// What the sixth version added.
    private static let version6 = """
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

    /// What the seventh version added.
    private static let version7 = """
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

    /// What the eighth version added.
    private static let version8 = """
        ALTER TABLE invitations ADD COLUMN link_hash BLOB;
        ALTER TABLE invitations ADD COLUMN page BLOB;
        ALTER TABLE invitations ADD COLUMN ended_at INTEGER;
        ALTER TABLE invitations ADD COLUMN ended TEXT CHECK (ended IN ('success', 'exit'));
        ALTER TABLE invitations ADD COLUMN ended_code TEXT;
        CREATE UNIQUE INDEX invitations_link ON invitations (link_hash) WHERE link_hash IS NOT NULL;
        """

    private static let version9 = """
        ALTER TABLE links ADD COLUMN input_high INTEGER;
        ALTER TABLE links ADD COLUMN input_low INTEGER;
        CREATE INDEX links_input ON links (input_high, input_low) WHERE state = 'linked';
        """
}
