import Domain
import Foundation
import Ledger
import RunSupport
import TestSupport
import Testing

/// Statements that are sent ahead of the answers to those before them: all or nothing, once, with the right error.
@Suite(.timeLimit(.minutes(5)), .everyEngine) struct PipelineTests {
    /// More than are sent before answers are waited for.
    private static let many = 700

    private func invalid(_ count: Int = many, _ message: String = "a cell is missing") -> [InvalidRow] {
        (1...count).map { line in
            InvalidRow(
                position: InputPosition(file: "in.csv", line: line),
                line: line,
                column: 1,
                reason: .missingValue,
                message: line > count / 2 ? message : "odd"
            )
        }
    }

    @Test func aTransactionOfAnySizeIsThereInItsOrder() async throws {
        try await Desk.with { desk in
            try await desk.ledger.record(invalid())
            let lines = try desk.eye.rows("SELECT line FROM invalid_rows ORDER BY id").map { $0["line"] as Int }
            #expect(lines == Array(1...Self.many))
        }
    }

    @Test func aStatementThatFailsInTheMiddleIsToldAndUndoesEverything() async throws {
        try await Desk.with { desk in
            try desk.eye.execute("CREATE UNIQUE INDEX broken ON invalid_rows (line)")
            try await desk.ledger.record(invalid(3))
            let error = try await #require(throws: LedgerError.self) { try await desk.ledger.record(invalid()) }
            #expect("\(error)".lowercased().contains("unique"), "\(error)")
            #expect(try desk.eye.int("SELECT count(*) FROM invalid_rows") == 3)
            try desk.eye.execute("DROP INDEX broken")
            try await desk.ledger.record(invalid())
            #expect(try desk.eye.int("SELECT count(*) FROM invalid_rows") == Self.many + 3)
        }
    }

    @Test(arguments: [0, 2]) func anotherNumberOfRowsThanExpectedUndoesEverything(_ found: Int) async throws {
        try await Desk.with { desk in
            _ = try await desk.ledger.admit(Sample.rows(3), policy: Sample.policy())
            let wrong = LedgerError.illegalStep(link: 2, step: "two")
            let eye = try LedgerInspection(Sample.place(desk.path))
            await #expect(throws: wrong) {
                try await eye.write(asRun: { session in
                    try session.execute("UPDATE links SET reference = 'changed'")
                    try session.expect(1, "UPDATE links SET line = 9 WHERE id <= ?", [found], otherwise: wrong)
                    try session.expect(1, "SELECT 1 FROM nowhere", otherwise: .noSuchRow("after it"))
                })
            }
            #expect(try desk.eye.int("SELECT count(*) FROM links WHERE reference = 'changed'") == 0)
            await #expect(throws: wrong) {
                try await eye.write(asRun: {
                    try $0.expect(1, "SELECT 1 FROM links WHERE id <= ?", [found], otherwise: wrong)
                })
            }
            try await eye.write(asRun: { try $0.expect(3, "SELECT 1 FROM links", otherwise: wrong) })
        }
    }

    @Test func questionsScriptsAndSavepointsSeeWhatWasSentBefore() async throws {
        try await Desk.with { desk in
            _ = try await desk.ledger.admit(Sample.rows(600), policy: Sample.policy())
            let eye = try LedgerInspection(Sample.place(desk.path))
            let lines = try await eye.write(asRun: { session in
                try session.execute("UPDATE links SET line = 1")
                var sums = [try session.value("SELECT sum(line) FROM links") as Int?]
                try session.execute("UPDATE links SET line = line + 1")
                try session.execute(script: "UPDATE links SET line = line * 2; UPDATE links SET line = line * 2")
                sums.append(try session.row("SELECT sum(line) AS sum FROM links")?.value("sum"))
                try session.execute(script: "SAVEPOINT part")
                try session.execute("UPDATE links SET line = 5")
                try session.execute(script: "ROLLBACK TO SAVEPOINT part")
                sums += try session.values("SELECT sum(line) FROM links") as [Int]
                return sums
            })
            #expect(lines == [600, 4_800, 4_800])
            // Rows that are read one after the other.
            #expect(try await desk.ledger.statesOfInput() == [.pending: 600, .linked: 0])
        }
    }

    @Test(arguments: 0..<10) func aLinkThatTwoRowsAreGivenIsOneRows(_ turn: Int) async throws {
        try await Desk.with { desk in
            let ledger = desk.ledger
            _ = try await ledger.admit(Sample.rows(20), policy: Sample.policy())
            for id in 1...Int64(20) { try await ledger.bring(try await ledger.link(id), to: .posting) }
            let results = try await withThrowingTaskGroup(of: CommitResult.self) { group in
                for id in 1...Int64(20) {
                    group.addTask {
                        try await ledger.take(.linked(Sample.bondAccount("link-of-\(id / 2)"), .answered), on: id)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0 == .ownedElsewhere } == 9)
            #expect(try desk.eye.int("SELECT count(*) FROM links WHERE state = 'linked'") == 11)
            #expect(try desk.eye.int("SELECT count(*) FROM links WHERE state = 'in_doubt'") == 9)
            #expect(ledger.failure == nil)
        }
    }
}

/// The same where there is a server and a way to it.
@Suite(.timeLimit(.minutes(5)), .enabled(if: PostgreSQLServer.shared != nil, "postgresql is to be installed"))
struct ServerPipelineTests {
    private func withProxy(
        lease: Duration? = nil,
        _ body: (CuttingProxy, LedgerWriter, _ direct: String) async throws -> Void
    ) async throws {
        let direct = try #require(PostgreSQLServer.shared).makeSchema()
        let folder = String(direct.split(separator: "host=")[1].prefix { $0 != "&" })
        try await CuttingProxy.with(server: folder) { proxy, other in
            let url = direct.replacingOccurrences(of: folder, with: other)
            try await body(proxy, try LedgerWriter(Sample.opening(url, lease: lease)), direct)
        }
    }

    private func invalid(_ mark: String) -> [InvalidRow] {
        (1...700).map { line in
            InvalidRow(
                position: InputPosition(file: "in.csv", line: line),
                line: line,
                column: 1,
                reason: .missingValue,
                message: line > 350 ? mark : "odd"
            )
        }
    }

    @Test func aConnectionThatIsCutAnywhereLosesNothingAndDoesNothingTwice() async throws {
        try await withProxy { proxy, ledger, direct in
            let cuts = [CuttingProxy.Cut.before("in.csv"), .before("middle"), .request, .answer]
            for (count, cut) in zip(1..., cuts) {
                proxy.cut(cut)
                try await ledger.record(invalid("middle"))
                #expect(!proxy.isWaiting)
                #expect(try LedgerEye(direct).int("SELECT count(*) FROM invalid_rows") == count * 700)
            }
            #expect(ledger.failure == nil)
        }
    }

    /// The server keeps the old session, its lock and its transaction, for it takes the client to be there.
    @Test func aConnectionThatOnlyTheClientHasLostIsEnded() async throws {
        try await withProxy { proxy, ledger, direct in
            proxy.cut(.silently)
            try await ledger.record(invalid("middle"))
            #expect(!proxy.isWaiting)
            #expect(try LedgerEye(direct).int("SELECT count(*) FROM invalid_rows") == 700)
        }
    }

    @Test func aStatementThatCouldNotBePreparedIsPreparedWhenItCanBe() async throws {
        let url = try #require(PostgreSQLServer.shared).makeSchema()
        let ledger = try LedgerWriter(Sample.opening(url))
        try LedgerEye(url).execute("ALTER TABLE invalid_rows RENAME TO elsewhere")
        await #expect(throws: LedgerError.self) { try await ledger.record(invalid("middle")) }
        try LedgerEye(url).execute("ALTER TABLE elsewhere RENAME TO invalid_rows")
        try await ledger.record(invalid("middle"))
        #expect(try LedgerEye(url).int("SELECT count(*) FROM invalid_rows") == 700)
    }

    @Test func aTransactionIsTwoWaysToTheServer() async throws {
        try await withProxy { proxy, ledger, _ in
            let link = try await ledger.add()
            func ways(_ steps: LinkChange.Event...) async throws -> [Int] {
                var ways: [Int] = []
                for step in steps {
                    let before = proxy.ways
                    try await ledger.take(step, on: link.id, attempt: Sample.attempt(.mint))
                    ways.append(proxy.ways - before)
                }
                return ways
            }
            let account = Sample.bondAccount("link")
            let minted = LinkChange.Event.minted(ledger.token(link), of: link.identity)
            #expect(try await ways(.mintSent, minted, .intent(clockOffset: nil)) == [2, 2, 2])
            #expect(try await ways(.linked(account, .answered), .seenByAudit(account)) == [2, 2])
        }
    }

    @Test func rowsAreTakenInByThePiece() async throws {
        try await withProxy(lease: .seconds(600)) { proxy, ledger, _ in
            let rows = Sample.rows(300)
            let second = try LedgerWriter(
                Sample.opening(ledger.path, holder: "second", runID: "run-2", lease: .seconds(600))
            )
            var ways: [Int] = []
            for ledger in [ledger, second] {
                let before = proxy.ways
                let admissions = try await ledger.admit(rows, policy: Sample.policy())
                ways.append(proxy.ways - before)
                let links = admissions.compactMap { if case .work(let link, _) = $0 { link } else { nil } }
                #expect(links.map(\.identity) == rows.map(\.identity))
                for link in links { ledger.release(link.id, of: link.identity.owner) }
                _ = try await ledger.totals()
            }
            // New rows, and known ones, which are sent where they stand now in the input.
            #expect(ways[0] <= 8 && ways[1] <= 10, "\(ways)")
        }
    }

    @Test func oneThatWasInAnothersWayIsCarriedOutAgain() async throws {
        let url = try #require(PostgreSQLServer.shared).makeSchema()
        let ledger = try LedgerWriter(Sample.opening(url))
        let link = try await ledger.add()
        for (state, often, succeeds) in [("40P01", 3, true), ("40001", 1, true), ("40P01", 1_000, false)] {
            let end = try LedgerEye(url).raiseConflicts(often, state, onInsertInto: "attempts")
            let before = try LedgerEye(url).int("SELECT count(*) FROM attempts") ?? 0
            if succeeds {
                try await ledger.take(.noted, on: link.id, attempt: Sample.attempt(.mint))
            } else {
                await #expect(throws: LedgerError.locked(path: url)) {
                    try await ledger.take(.noted, on: link.id, attempt: Sample.attempt(.mint))
                }
            }
            #expect(try LedgerEye(url).int("SELECT count(*) FROM attempts") == before + (succeeds ? 1 : 0))
            try end()
        }
    }
}
