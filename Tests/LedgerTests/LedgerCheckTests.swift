import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// What a check of a ledger finds, and what it does not mind.
@Suite("The check of a ledger", .timeLimit(.minutes(5)))
struct LedgerCheckTests {
    @Test("rows in every state, brought there as a run does, are sound", arguments: Standing.allCases)
    func soundStates(standing: Standing) async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            try await desk.ledger.bring(link, to: standing)
            #expect(try LedgerCheckup.examining(desk.path).faults.isEmpty)
        }
    }

    @Test(
        "each promise that a row breaks is found, with the row's number, owner and account",
        arguments: [
            (.linked, "linked_account_id = NULL", "is linked without a linked_account_id"),
            (.linked, "token = x'01', token_fingerprint = x'01', token_minted_at = 1, token_run = 1", "still has its"),
            (.linked, "intent_at = 1", "still has an intent"),
            (.linked, "linked_at = NULL", "without a time"),
            (.linked, "state = 'lonked'", "a state that relink does not know"),
            (.minted, "token = NULL", "should have a processor token"),
            (.minted, "token_run = NULL", "does not say what it was made from"),
            (.posting, "token = NULL", "should have a processor token"),
            (.posting, "intent_at = NULL", "without an intent"),
            (.posting, "attempts = 0", "was not counted"),
            (.inDoubt, "intent_at = NULL", "without an intent"),
            (.inDoubt, "attempt_ended_at = NULL", "that has no end"),
            (.inDoubt, "doubt = 'weather'", "for a cause"),
            (.inDoubt, "action = 'none'", "what is to be done"),
            (.rejected, "error_code = NULL", "why it is not linked"),
            (.needsUser, "action = 'none'", "what is to be done"),
            (.pending, "intent_at = 1", "neither being posted nor in doubt"),
            (.pending, "action = 'dance'", "an action"),
            (.pending, "orphans = -1", "below zero"),
            (.pending, "account_id = ''", "no owner or no account"),
        ] as [(Standing, String, String)]
    )
    func brokenPromises(standing: Standing, change: String, complaint: String) async throws {
        try await Desk.withPath { path in
            try await makeLedger(path, [standing])
            try Self.breaking(path, "UPDATE links SET \(change)")
            let faults = try LedgerCheckup.examining(path).findings.first { $0.part == .rows }?.faults ?? []
            #expect(faults.contains { $0.contains("row 1 (owner customer-1, account ") && $0.contains(complaint) })
            try expectRefusal(path, complaint)
        }
    }

    @Test(
        "what is wrong between the tables is found",
        arguments: [
            (.schema, "DROP INDEX links_linked_account", "links_linked_account is gone"),
            (.references, "UPDATE attempts SET link = 99", "names a row of links that is not there"),
            (.rows, "UPDATE attempts SET result = 'maybe'", "does not know"),
            (.runs, "UPDATE ledger SET epoch = 0", "writer's epoch"),
            (.runs, "UPDATE runs SET outcome = 'done'", "no end"),
            (.runs, "UPDATE ledger SET salt = x''", "salt"),
            (.runs, "UPDATE ledger SET environment = 'moon'", "environment"),
            (.runs, "DELETE FROM ledger", "which environment"),
        ] as [(LedgerCheckup.Part, String, String)]
    )
    func brokenTables(part: LedgerCheckup.Part, change: String, complaint: String) async throws {
        try await Desk.withPath { path in
            try await makeLedger(path, [.linked])
            try Self.breaking(path, change)
            let faults = try LedgerCheckup.examining(path).findings.first { $0.part == part }?.faults ?? []
            #expect(faults.contains { $0.contains(complaint) }, "\(faults)")
            try expectRefusal(path, complaint)
        }
    }

    @Test("a link that two rows own is found, although its index is gone")
    func doubles() async throws {
        try await Desk.withPath { path in
            try await makeLedger(path, [.linked, .linked])
            try Self.breaking(path, "DROP INDEX links_linked_account; UPDATE links SET linked_account_id = 'same'")
            let faults = try LedgerCheckup.examining(path).faults
            #expect(faults.contains("rows 1 and 2 have the same linked_account_id"))
        }
    }

    @Test("an examination goes on beside a run, and changes nothing")
    func besideARun() async throws {
        try await Desk.with { desk in
            try await desk.ledger.bring(try await desk.ledger.add(), to: .posting)
            let before = try desk.eye.fingerprint()
            let checkup = try LedgerCheckup.examining(desk.path)
            #expect(checkup.faults.isEmpty)
            #expect(checkup.findings.first { $0.part == .log }?.leftOut == "a run is writing it")
            #expect(try desk.eye.fingerprint() == before)
        }
    }

    @Test("an empty file is no ledger to go on with, and none to read")
    func emptyFile() async throws {
        try await Desk.withPath { path in
            try ScratchFolder.write([], to: path)
            #expect(throws: LedgerError.empty(path: path)) { try LedgerWriter(Sample.opening(path, mayCreate: false)) }
            #expect(throws: LedgerError.empty(path: path)) { try LedgerReader(path: path) }
            #expect(ScratchFolder.bytes(of: path).isEmpty)
        }
    }

    @Test("after a commit that failed no intent is taken, and what has left is written down")
    func noIntentAfterAFailure() async throws {
        try await Desk.with { desk in
            let (first, second) = (
                try await desk.ledger.add(), try await desk.ledger.add(Sample.row("customer-2", "account-2"))
            )
            try await desk.ledger.bring(first, to: .posting)
            try await desk.ledger.bring(second, to: .minted)
            try desk.eye.execute("CREATE TRIGGER full BEFORE INSERT ON files BEGIN SELECT raise(FAIL, 'full'); END")
            let row = Sample.row("customer-3", "account-3", file: "elsewhere.csv")
            await #expect(throws: LedgerError.self) { try await desk.ledger.add(row) }
            try desk.eye.execute("DROP TRIGGER full")
            await #expect(throws: LedgerError.self) {
                try await desk.ledger.take(.intent(clockOffset: nil), on: second.id)
            }
            try await desk.ledger.take(.linked(Sample.bondAccount("link-1"), .answered), on: first.id)
            #expect(try await desk.ledger.link(first.id).state == .linked)
            #expect(try await desk.ledger.link(second.id).state == .minted)
        }
    }

    /// The same is found at the start of the next run, which then writes nothing.
    private func expectRefusal(_ path: String, _ complaint: String) throws {
        let runs = try LedgerEye(path).int("SELECT count(*) FROM runs")
        #expect {
            try LedgerWriter(Sample.opening(path, runID: "run-2"))
        } throws: { error in
            "\(error)".contains("is damaged") && "\(error)".contains("relink ledger restore")
        }
        #expect(try LedgerEye(path).int("SELECT count(*) FROM runs") == runs)
    }

    private func makeLedger(_ path: String, _ standings: [Standing]) async throws {
        let ledger = try LedgerWriter(Sample.opening(path))
        for (number, standing) in standings.enumerated() {
            let link = try await ledger.add(Sample.row("customer-\(number + 1)", "account-\(number + 1)"))
            let call = Attempt(call: .mint, result: .ok, sentAt: Sample.start)
            try await ledger.take(.noted, on: link.id, attempt: call)
            try await ledger.bring(link, to: standing)
        }
    }

    /// Changes what no program of ours could.
    private static func breaking(_ path: String, _ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try database.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try database.execute(sql: sql)
        }
        try database.close()
    }
}
