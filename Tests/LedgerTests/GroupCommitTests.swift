import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// Commits that wait together are committed together.
@Suite struct GroupCommitTests {
    /// How many transactions the write-ahead log holds: frames that carry the database's size end one.
    private func transactions(_ path: String) -> Int {
        let log = ScratchFolder.bytes(of: path + "-wal")
        guard log.count > 32 else { return 0 }
        func number(_ at: Int) -> Int { log[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
        let frame = number(8) + 24
        let salt = Array(log[16..<24])
        return stride(from: 32, to: log.count - frame + 1, by: frame).count { at in
            Array(log[at + 8..<at + 16]) == salt && number(at + 4) > 0
        }
    }

    @Test(.timeLimit(.minutes(5))) func manyCommitsTakeFewTransactionsAndAllHold() async throws {
        let count = 200
        try await Desk.with { desk in
            let ledger = desk.ledger
            let rows = Sample.rows(count)
            _ = try await ledger.admit(rows, policy: Sample.policy())
            let before = transactions(desk.path)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 1...Int64(count) {
                    group.addTask {
                        try await ledger.take(.mintSent, on: id, attempt: Sample.attempt(.mint))
                        // What a commit has returned from, everybody sees.
                        let seen = try LedgerEye(desk.path).int("SELECT count(*) FROM attempts WHERE link = ?", [id])
                        #expect(seen == 1)
                    }
                }
                try await group.waitForAll()
            }
            let used = transactions(desk.path) - before
            #expect(used > 0)
            #expect(used < count / 2, "\(used) transactions for \(count) commits")
            #expect(try desk.eye.int("SELECT count(*) FROM links WHERE mint_sent_at IS NOT NULL") == count)
        }
    }

    @Test(.timeLimit(.minutes(5)), .everyEngine, arguments: 0..<10)
    func anErrorFailsItsBatchAndNobodyHangs(_ turn: Int) async throws {
        try await Desk.with { desk in
            let ledger = desk.ledger
            _ = try await ledger.admit(Sample.rows(60), policy: Sample.policy())
            let outcomes = try await withThrowingTaskGroup(of: (Int64, Bool).self) { group in
                for id in 1...Int64(60) {
                    group.addTask {
                        do {
                            // A row that has no token cannot be posted.
                            try await ledger.take(id % 20 == 7 ? .intent(clockOffset: nil) : .mintSent, on: id)
                            return (id, true)
                        } catch {
                            let isRight = [7, 27, 47].contains {
                                error as? LedgerError == .illegalStep(link: $0, step: "intent")
                            }
                            guard isRight else { throw error }
                            return (id, false)
                        }
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(outcomes.count == 60)
            let sent = Set(
                try desk.eye.rows("SELECT id FROM links WHERE mint_sent_at IS NOT NULL").map { $0["id"] as Int64 }
            )
            #expect(sent == Set(outcomes.filter(\.value).keys))
            for id in [7, 27, 47] as [Int64] { #expect(outcomes[id] == false) }
            // And it goes on.
            try await ledger.take(.mintSent, on: 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func aFailingDiskFailsEverybodyAndIsReportedAsSuch() async throws {
        try await Desk.with { desk in
            let ledger = desk.ledger
            _ = try await ledger.admit(Sample.rows(20), policy: Sample.policy())
            try desk.eye.execute(
                "CREATE TRIGGER broken BEFORE UPDATE ON links BEGIN SELECT RAISE(ABORT, 'no room'); END"
            )
            let failures = await withTaskGroup(of: String.self) { group in
                for id in 1...Int64(20) {
                    group.addTask {
                        do {
                            try await ledger.take(.mintSent, on: id)
                            return "none"
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(failures.count == 20)
            #expect(failures.allSatisfy { $0.contains("no room") && $0.contains(desk.path) })
        }
    }
}
