import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// Who may open which file, and what it is like afterwards.
@Suite struct OpeningTests {
    @Test(.timeLimit(.minutes(5))) func refusesWhatIsMissing() async throws {
        try await Desk.withPath { path in
            #expect(throws: LedgerError.missing(path: path)) {
                try LedgerWriter(Sample.opening(path, mayCreate: false))
            }
            #expect(throws: LedgerError.missing(path: path)) { try LedgerReader(path: path) }
            #expect(ScratchFolder.mode(of: path) == nil)
        }
    }

    @Test(.timeLimit(.minutes(5))) func refusesAFileThatIsNoDatabaseAndLeavesIt() async throws {
        try await Desk.withPath { path in
            let bytes = Array("customer_id,account_id,access_token\n".utf8) + Array(repeating: 65, count: 9_000)
            try ScratchFolder.write(bytes, to: path)
            #expect(throws: LedgerError.notALedger(path: path)) { try LedgerWriter(Sample.opening(path)) }
            #expect(throws: LedgerError.notALedger(path: path)) { try LedgerReader(path: path) }
            #expect(ScratchFolder.bytes(of: path) == bytes)
        }
    }

    @Test(.timeLimit(.minutes(5))) func refusesAnotherProgramsDatabaseAndLeavesIt() async throws {
        try await Desk.withPath { path in
            try LedgerEye(path).execute("CREATE TABLE ledger (id INTEGER); CREATE TABLE links (id INTEGER)")
            let bytes = ScratchFolder.bytes(of: path)
            #expect(throws: LedgerError.notALedger(path: path)) { try LedgerWriter(Sample.opening(path)) }
            #expect(throws: LedgerError.notALedger(path: path)) { try LedgerReader(path: path) }
            #expect(ScratchFolder.bytes(of: path) == bytes)
        }
    }

    @Test(.timeLimit(.minutes(5))) func refusesANewerLedgerAndLeavesIt() async throws {
        try await Desk.withPath { path in
            _ = try LedgerWriter(Sample.opening(path))
            try LedgerEye(path).execute("INSERT INTO grdb_migrations VALUES ('v99')")
            let epoch = try LedgerEye(path).int("SELECT epoch FROM ledger")
            #expect(throws: LedgerError.newer(path: path)) { try LedgerWriter(Sample.opening(path, runID: "run-2")) }
            #expect(throws: LedgerError.newer(path: path)) { try LedgerReader(path: path) }
            #expect(try LedgerEye(path).int("SELECT epoch FROM ledger") == epoch)
            #expect(try LedgerEye(path).int("SELECT count(*) FROM runs") == 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func refusesAnotherEnvironmentAndAnotherClient() async throws {
        try await Desk.withPath { path in
            _ = try LedgerWriter(Sample.opening(path))
            #expect(throws: LedgerError.otherEnvironment(path: path, its: "sandbox", asked: "production")) {
                try LedgerWriter(Sample.opening(path, environment: .production, runID: "run-2"))
            }
            #expect(throws: LedgerError.otherClient(path: path)) {
                try LedgerWriter(Sample.opening(path, client: "client-2", runID: "run-2"))
            }
            // Nothing of a refused opening stays, the writer's epoch included.
            #expect(try LedgerEye(path).int("SELECT count(*) FROM runs") == 1)
            #expect(try LedgerEye(path).int("SELECT epoch FROM ledger") == 1)
            // A person's verdict needs neither.
            _ = try LedgerWriter(Sample.opening(path, kind: .resolve, environment: nil, client: "", runID: "run-3"))
        }
    }

    @Test(.timeLimit(.minutes(5))) func marksItsFileAndKeepsItInWriteAheadMode() async throws {
        try await Desk.with { desk in
            _ = try await desk.ledger.add()
            let header = ScratchFolder.bytes(of: desk.path).prefix(100)
            #expect(header.count == 100)
            #expect(Array(header[18...19]) == [2, 2], "the journal mode in the file's header")
            #expect(try desk.eye.int("PRAGMA application_id") == 0x524C_4E4B)
            #expect(try desk.eye.string("PRAGMA integrity_check") == "ok")
        }
    }

    @Test(.timeLimit(.minutes(5))) func keepsItsFilesFromOthers() async throws {
        try await Desk.with { desk in
            _ = try await desk.ledger.add()
            for suffix in ["", "-wal", "-shm", ".lock"] {
                #expect(ScratchFolder.mode(of: desk.path + suffix) == 0o600, "mode of \(suffix)")
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func goesOnWithALedgerWhoseMakingWasCutShort() async throws {
        try await Desk.withPath { path in
            try ScratchFolder.write([], to: path)
            #expect(throws: LedgerError.self) { try LedgerReader(path: path) }
            _ = try await LedgerWriter(Sample.opening(path)).add()
            #expect(try LedgerEye(path).int("SELECT count(*) FROM links") == 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func goesOnWithALedgerWhoseMakingWasCutShortWithinATransaction() async throws {
        try await Desk.withPath { path in
            try leaveTransaction(at: path)
            #expect(ScratchFolder.bytes(of: path + "-journal").count > 512)
            _ = try await LedgerWriter(Sample.opening(path)).add()
            #expect(try LedgerEye(path).int("SELECT count(*) FROM links") == 1)
            #expect(try LedgerEye(path).int("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0)
        }
    }

    /// Leaves a file as a death within a transaction does: changed, with the journal that undoes the change.
    private func leaveTransaction(at path: String) throws {
        let source = try DatabaseQueue(path: path + ".source")
        try source.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA application_id = 1380732491; PRAGMA cache_size = 1; BEGIN IMMEDIATE; CREATE TABLE half (x);
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
                    INSERT INTO half SELECT randomblob(4000) FROM n
                    """
            )
            for suffix in ["", "-journal"] {
                try ScratchFolder.write(ScratchFolder.bytes(of: path + ".source" + suffix), to: path + suffix)
            }
            try database.execute(sql: "ROLLBACK")
        }
    }

    @Test(.timeLimit(.minutes(5))) func hasASaltOfItsOwn() async throws {
        var salts: Set<String> = []
        for _ in 0..<3 {
            try await Desk.with { desk in
                salts.insert(try desk.eye.string("SELECT hex(salt) FROM ledger") ?? "")
                #expect(try desk.eye.int("SELECT length(salt) FROM ledger") == 32)
            }
        }
        #expect(salts.count == 3)
    }

    @Test(.timeLimit(.minutes(5))) func countsItsWritersAndNamesItsRuns() async throws {
        try await Desk.withPath { path in
            for run in 1...3 {
                let ledger = try LedgerWriter(Sample.opening(path, runID: "run-\(run)"))
                #expect(ledger.run == Int64(run))
            }
            #expect(try LedgerEye(path).int("SELECT epoch FROM ledger") == 3)
            #expect(try LedgerEye(path).strings("SELECT name FROM runs ORDER BY id") == ["run-1", "run-2", "run-3"])
        }
    }
}
