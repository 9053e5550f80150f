import Foundation
import Simulator
import Testing

/// The program dies anywhere while links are removed, and the same command finishes the work.
@Suite("A kill while links are removed", .timeLimit(.minutes(10)))
struct RemovalKillTests {
    @Test("at every point of a DELETE", arguments: ["request", "head", "sent", "answered", "received"], [1, 2])
    func calls(point: String, number: Int) async throws {
        try await AccountsBench.with(3) { bench in
            _ = try await bench.tool.run("report", "--mapping", "--output", "map.csv")
            let killed = try await kill(bench, "kill:\(point)/remove:\(number)")
            #expect(killed, "\(point) is met")
            try await expectMended(bench, "\(point) \(number)")
        }
    }

    @Test("at every write of the ledger")
    func commits() async throws {
        var number = 1
        var isKilled = true
        while isKilled {
            let at = number
            isKilled = try await once("kill:written/wal:\(at)")
            number += 1
        }
        #expect(number > 8, "an intent, an answer and a verdict at least for each link")
    }

    private func once(_ fault: String) async throws -> Bool {
        let wasKilled = Flag()
        try await AccountsBench.with(2) { bench in
            _ = try await bench.tool.run("report", "--mapping", "--output", "map.csv")
            if try await kill(bench, fault) { wasKilled.set() }
            try await expectMended(bench, "\(fault)")
        }
        return wasKilled.isSet
    }

    private func kill(_ bench: AccountsBench, _ fault: String) async throws -> Bool {
        var tool = bench.tool
        tool.environment.merge(try Shim.environment(fault: fault)) { _, new in new }
        let arguments = ["accounts", "remove", "--file", "map.csv", "--yes", "--concurrency", "1"]
        return try await tool.start(arguments + AccountsBench.options).end().signal == SIGKILL
    }

    /// Whatever left had its intent; nobody was linked anew by a run in between; the same command comes to its end.
    private func expectMended(_ bench: AccountsBench, _ comment: Comment) async throws {
        let intended = try Set(bench.strings("SELECT linked_account_id FROM removals WHERE intent_at IS NOT NULL"))
        for call in bench.removals {
            #expect(intended.contains(String(call.path.split(separator: "/").last ?? "")), comment)
        }
        let open = try bench.strings("SELECT id FROM removals WHERE outcome IS NULL").count
        let status = try await bench.tool.run("status", "--json")
        #expect(try status.json()["open_removals"] as? Int == open, comment)
        #expect(try await bench.tool.run("status").output.contains("may be gone") == (open > 0), comment)
        let made = bench.world.counts.linksCreated
        _ = try await bench.tool.start(["run", "in.csv"] + AccountsBench.options).end()
        #expect(bench.world.counts.linksCreated == made, comment)
        let last = try await bench.run(["remove", "--file", "map.csv", "--yes"])
        #expect(last.exitCode == 0, "\(comment): \(last.output) \(last.errors)")
        #expect(bench.world.counts.linksActive == 0, comment)
        #expect(try bench.strings("SELECT state FROM links WHERE state <> 'unlinked'").isEmpty, comment)
        #expect(try bench.strings("SELECT id FROM removals WHERE outcome IS NULL").isEmpty, comment)
    }
}
