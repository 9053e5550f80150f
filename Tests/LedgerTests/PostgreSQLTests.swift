import Domain
import Foundation
import Ledger
import RunSupport
import TestSupport
import Testing

/// What is a server's own: who may write, what a lost connection means, who may be told what.
@Suite(.timeLimit(.minutes(5)), .enabled(if: PostgreSQLServer.shared != nil, "postgresql is to be installed"))
struct PostgreSQLTests {
    private var server: PostgreSQLServer {
        get throws { try #require(PostgreSQLServer.shared) }
    }

    @Test func onlyOneWritesAndTheNextTakesOver() async throws {
        let url = try server.makeSchema()
        var first: LedgerWriter? = try LedgerWriter(Sample.opening(url, holder: "relink, process 1"))
        _ = try await first?.admit([Sample.row()], policy: Sample.policy())
        #expect(throws: LedgerError.inUse(path: url, holder: "relink, process 1")) {
            try LedgerWriter(Sample.opening(url, runID: "run-2"))
        }
        #expect(Sample.place(url).isInUse)
        // Another schema is another ledger.
        _ = try LedgerWriter(Sample.opening(try server.makeSchema()))
        #expect(first != nil)
        first = nil
        let second = try LedgerWriter(Sample.opening(url, runID: "run-2"))
        #expect(try await second.totals().states[.pending] == 1)
    }

    @Test func aLostConnectionIsMadeAnewAndNothingIsLost() async throws {
        let url = try server.makeSchema()
        let ledger = try LedgerWriter(Sample.opening(url))
        let link = try await ledger.add()
        try await ledger.bring(link, to: .posting)
        try cut(url)
        let rows = [Sample.row(line: 9), Sample.row("customer-2", "account-2")]
        let admissions = try await ledger.admit(rows, policy: Sample.policy())
        #expect(admissions.first == .duplicate, "what was met before the cut was met")
        guard case .work = admissions.last else {
            Issue.record("\(admissions): a piece of the input whose transaction was repeated met itself")
            return
        }
        try cut(url)
        try await ledger.take(.postSettled(Sample.settlement(.rejected)), on: link.id)
        #expect(try LedgerEye(url).states()["customer-1/account-1"] == "rejected")
        #expect(ledger.failure == nil)
        // Nobody else has the lock now.
        #expect(throws: LedgerError.self) { try LedgerWriter(Sample.opening(url, runID: "run-2")) }
    }

    @Test func whoWasTakenOverWhileCutOffWritesNothing() async throws {
        let url = try server.makeSchema()
        let ledger = try LedgerWriter(Sample.opening(url))
        let link = try await ledger.add()
        try await ledger.bring(link, to: .minted)
        try cut(url)
        try LedgerEye(url).execute("DELETE FROM workers")
        await #expect(throws: LedgerError.takenOver(path: url)) { try await ledger.take(.mintSent, on: link.id) }
        #expect(try LedgerEye(url).states()["customer-1/account-1"] == "minted")
    }

    /// What was committed is not done again where only the answer was lost; what was not, is.
    @Test(arguments: [CuttingProxy.Cut.request, .answer]) func aCommitThatIsCutIsDoneOnce(_ cut: CuttingProxy.Cut)
        async throws
    {
        let direct = try server.makeSchema()
        let folder = String(direct.split(separator: "host=")[1].prefix { $0 != "&" })
        try await CuttingProxy.with(server: folder) { proxy, other in
            let url = direct.replacingOccurrences(of: folder, with: other)
            do {
                let first = try LedgerWriter(Sample.opening(direct))
                for count in 1...3 { _ = try await first.add(Sample.row("old-\(count)", "account-1")) }
            }
            let ledger = try LedgerWriter(Sample.opening(url, runID: "run-2"))
            let link = try await ledger.add()
            for count in 1...3 {
                proxy.cut(cut)
                try await ledger.take(.noted, on: link.id, attempt: Sample.attempt(.mint))
                #expect(try LedgerEye(direct).int("SELECT count(*) FROM attempts") == count)
                proxy.cut(cut)
                let rows = [Sample.row("old-\(count)", "account-1"), Sample.row()]
                let admissions = try await ledger.admit(rows, policy: Sample.policy())
                guard case .work = admissions.first, admissions.last == .duplicate else {
                    Issue.record("\(admissions): a piece of the input met itself")
                    return
                }
            }
            #expect(ledger.failure == nil)
        }
    }

    /// The connection is cut while the server works at the COMMIT, whose answer never comes.
    @Test func aCommitWhoseAnswerIsLostLetsNothingLeave() async throws {
        let url = try server.makeSchema()
        let ledger = try LedgerWriter(Sample.opening(url))
        let link = try await ledger.add()
        try await ledger.bring(link, to: .minted)
        try LedgerEye(url).execute(
            """
            CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER cut AFTER UPDATE ON links DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION cut()
            """
        )
        await #expect(throws: LedgerError.self) { try await ledger.take(.intent(clockOffset: nil), on: link.id) }
        #expect(ledger.failure?.isServerAway == true)
        try LedgerEye(url).execute("DROP TRIGGER cut ON links")
        await #expect(throws: LedgerError.self) { try await ledger.take(.intent(clockOffset: nil), on: link.id) }
        let next = try LedgerWriter(Sample.opening(url, runID: "run-2"))
        #expect(try await next.link(link.id).state == .minted, "it was not committed, and no POST has left")
    }

    /// As after a change to a standby that had not heard of the newest commits.
    @Test func aServerThatForgotCommitsIsNotGoneOnWith() async throws {
        let url = try server.makeSchema()
        let ledger = try LedgerWriter(Sample.opening(url))
        let link = try await ledger.add()
        try await ledger.bring(link, to: .minted)
        try LedgerEye(url).execute("UPDATE workers SET last_write = 1")
        try cut(url)
        await #expect(
            throws: LedgerError.forgetful(path: url)
        ) {
            try await ledger.take(.intent(clockOffset: nil), on: link.id)
        }
        #expect(try LedgerEye(url).states()["customer-1/account-1"] == "minted")
    }

    @Test func whoHasBeenTakenOverPostsNothing() async throws {
        let url = try server.makeSchema()
        let ledger = try LedgerWriter(Sample.opening(url))
        let link = try await ledger.add()
        try await ledger.bring(link, to: .minted)
        try LedgerEye(url).execute("DELETE FROM workers")
        await #expect(throws: LedgerError.takenOver(path: url)) {
            try await ledger.take(.intent(clockOffset: nil), on: link.id)
        }
    }

    @Test func aStatementThatFailsUndoesItsTransactionAndTheNextWorks() async throws {
        let url = try server.makeSchema()
        let ledger = try LedgerWriter(Sample.opening(url))
        let link = try await ledger.add()
        let before = try LedgerEye(url).fingerprint()
        await #expect(throws: LedgerError.self) {
            try await ledger.take(.intent(clockOffset: nil), on: link.id, attempt: Sample.attempt(.mint))
        }
        #expect(try LedgerEye(url).fingerprint() == before)
        try await ledger.take(.mintSent, on: link.id)
    }

    @Test func refusesWhatIsMissingNewerOrSomebodyElses() throws {
        let url = try server.makeSchema()
        #expect(throws: LedgerError.missing(path: url)) { try LedgerReader(path: url) }
        #expect(throws: LedgerError.missing(path: url)) { try LedgerWriter(Sample.opening(url, mayCreate: false)) }
        #expect(try !Sample.place(url).exists())
        _ = try LedgerWriter(Sample.opening(url))
        #expect(try Sample.place(url).exists())
        try LedgerEye(url).execute("UPDATE schema_version SET version = version + 1")
        #expect(throws: LedgerError.newer(path: url)) { try LedgerWriter(Sample.opening(url, runID: "run-2")) }
        #expect(throws: LedgerError.newer(path: url)) { try LedgerReader(path: url) }
        let other = try server.makeSchema()
        try LedgerEye(other).execute("CREATE TABLE links (id INTEGER)")
        #expect(throws: LedgerError.notALedger(path: other)) { try LedgerWriter(Sample.opening(other)) }
    }

    @Test func damageIsFoundPartByPart() async throws {
        let url = try server.makeSchema()
        do {
            let ledger = try LedgerWriter(Sample.opening(url))
            try await ledger.bring(try await ledger.add(), to: .minted)
        }
        #expect(try LedgerCheckup.examining(url).faults.isEmpty)
        try LedgerEye(url).execute(
            "DROP TABLE attempts CASCADE; DROP INDEX links_identity; UPDATE links SET token_run = NULL, orphans = -1"
        )
        let faults = try LedgerCheckup.examining(url).faults
        #expect(faults.contains { $0.contains("attempts is gone") })
        #expect(faults.contains { $0.contains("links_identity is gone") })
        #expect(faults.contains { $0.hasPrefix("the rows cannot be read") })
        #expect(!faults.contains { $0.contains("aborted") })
        #expect {
            try LedgerWriter(Sample.opening(url, runID: "run-2"))
        } throws: { error in
            guard case LedgerError.damaged(url, _) = error else { return false }
            return "\(error)".contains("pg_restore")
        }
    }

    @Test func commitsAreDurable() throws {
        let url = try server.makeSchema()
        #expect(try LedgerEye(url).string("SHOW synchronous_commit") == "on")
        try server.psql("ALTER ROLE relink SET synchronous_commit = off")
        defer { _ = try? server.psql("ALTER ROLE relink RESET synchronous_commit") }
        #expect(try LedgerEye(url).string("SHOW synchronous_commit") == "on")
    }

    @Test func aServerThatIsAwayIsTriedLaterAndAWrongNameIsCorrected() throws {
        let away = "postgresql://relink:geheim@127.0.0.1:1/ledger"
        do {
            _ = try LedgerReader(path: away)
        } catch LedgerError.unreachable(let path, let why) {
            #expect(path == "postgresql://relink@127.0.0.1:1/ledger")
            #expect(!why.contains("geheim"))
        }
        let url = try server.makeSchema()
        #expect(throws: (any Error).self) {
            try LedgerReader(path: url.replacing("relink@/postgres", with: "relink@/none"))
        }
        do {
            _ = try LedgerReader(path: url.replacing("relink@", with: "nobody@"))
        } catch LedgerError.refused(_, let why) {
            #expect(why.contains("nobody"))
        }
        #expect(throws: LedgerError.insecure(path: "postgresql://u@db.example/x", host: "db.example")) {
            try LedgerReader(path: "postgresql://u:geheim@db.example/x")
        }
    }

    @Test(arguments: [
        ("postgres://u:geheim@h/d", "postgresql://u@h/d"), ("postgresql://u@h:5432/d", "postgresql://u@h:5432/d"),
        ("postgresql:///d?host=/run&password=geheim", "postgresql:///d?host=/run"),
        ("postgresql://u@h/d?p%61ssword=geheim&sslmode=require", "postgresql://u@h/d?sslmode=require"),
        ("POSTGRESQL://u:geheim@[::1]:5432/d", "postgresql://u@[::1]:5432/d"),
    ]) func aNameHasNoPassword(_ url: String, _ name: String) throws {
        #expect(try LedgerPlace(url, in: "/").description == name)
        #expect(LedgerPlace.withoutPassword("--ledger=" + url) == "--ledger=" + name)
    }

    @Test(arguments: [
        "postgres://u:ge/heim@h/d", "postgres://u:ge@heim@h/d", "postgres://u:ge#heim@h/d", "postgres://u:geheim/d",
        "postgres://u:ge?heim@h/d",
    ]) func whatMayBeHalfAPasswordIsNotShown(_ url: String) throws {
        #expect(throws: LedgerError.badAddress) { try LedgerPlace(url, in: "/") }
        #expect(LedgerPlace.withoutPassword(url) == "postgresql://...")
    }

    @Test func aCopyThereAndBackIsTheSame() async throws {
        try await Desk.with { desk in
            for (row, standing) in zip(Sample.rows(Standing.allCases.count), Standing.allCases) {
                try await desk.ledger.bring(try await desk.ledger.add(row), to: standing)
            }
            try await fillTheOtherTables(desk)
            let url = try server.makeSchema()
            #expect(throws: LedgerError.self, "the writer has it") { try copy(desk.path, url) }
            // Its lock goes with the writer; a file that is copied is as good.
            let (file, back) = (desk.folder.file("file.sqlite"), desk.folder.file("back.sqlite"))
            try LedgerCare.backUp(desk.path, to: file)
            #expect(try copy(file, url).links == Standing.allCases.count)
            #expect(throws: LedgerError.cannotCreate(path: url, why: "there is a ledger already")) {
                try copy(file, url)
            }
            #expect(try copy(url, back) == copy(file, desk.folder.file("other.sqlite")))
            for table in [
                "runs", "files", "items", "exchanges", "links", "ledger", "attempts", "invalid_rows", "credentials",
                "stops", "learned_rates", "run_states", "run_calls", "past_states", "removals", "invitations",
                "accounts",
            ] {
                let rows = try [file, url, back].map { path in
                    try LedgerEye(path).rows("SELECT * FROM \(table) ORDER BY 1, 2").map(\.description)
                }
                #expect(!rows[0].isEmpty, "\(table)")
                #expect(rows[0] == rows[1], "\(table)")
                #expect(rows[0] == rows[2], "\(table)")
            }
            // And it goes on, with numbers of its own.
            let next = try LedgerWriter(Sample.opening(url, runID: "run-2"))
            #expect(try await next.add(Sample.row("new", "new")).id == Int64(Standing.allCases.count) + 1)
        }
    }

    private func fillTheOtherTables(_ desk: Desk) async throws {
        try await desk.ledger.take(.noted, on: 1, attempt: Sample.attempt(.mint))
        try await desk.ledger.noteSuccess(of: .plaid, at: Sample.start)
        try await desk.ledger.noteStop("keys", of: .bond, at: Sample.start)
        try await desk.ledger.noteLearned([.plaid: 6.25], at: Sample.start)
        try desk.eye.execute(
            """
            INSERT INTO invalid_rows (run, file, line, problem_line, problem_column, reason, message, seen_at)
            VALUES (1, 'in.csv', 2, 3, 4, 'missing', 'größer als "nichts" \\ ''null''', 5);
            INSERT INTO run_states (run, state, rows) VALUES (1, 'linked', 2);
            INSERT INTO run_calls (run, api, ok, rate_limited, failed, rate_given) VALUES (1, 'bond', 1, 2, 3, 0.1);
            INSERT INTO past_states (run, link, state, action) VALUES (1, 2, 'pending', 'retry');
            INSERT INTO removals (run, link, owner_kind, owner_key, owner_id, linked_account_id, intent_at)
            VALUES (1, 2, 'customer', 'k', 'K', 'link', 7);
            INSERT INTO items (fingerprint, run) VALUES (x'00ff7f80', 1);
            INSERT INTO accounts (link, traits, seen_at) VALUES (3, x'', 8);
            INSERT INTO exchanges (public_fingerprint, open_since) VALUES (x'0102', 9);
            INSERT INTO invitations (owner_kind, owner_key, owner_id, account_id, mode, asked, run, file, line)
            VALUES ('business', 'k', 'K', '', 'first_time', x'0a', 1, 1, 1);
            """
        )
        try await desk.ledger.finish(at: Sample.start)
    }

    private func copy(_ from: String, _ to: String) throws -> LedgerCopy.Outcome {
        try LedgerCopy(from: Sample.place(from), to: Sample.place(to), holder: "a test").perform()
    }

    /// Ends the session that has a ledger's lock.
    private func cut(_ url: String) throws {
        try server.psql(
            """
            SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid =
                (hashtext('\(schema(url))')::bigint & 4294967295)
            """
        )
    }

    private func schema(_ url: String) -> String {
        "ledger" + url.suffix { $0.isNumber }
    }
}

extension String {
    fileprivate func suffix(_ isPart: (Character) -> Bool) -> String {
        String(reversed().prefix(while: isPart).reversed())
    }
}
