import Foundation
import Simulator
import Testing

/// The program dies anywhere while links are adopted: nothing is half adopted, and the same command finishes the work.
@Suite("A kill while links are adopted", .timeLimit(.minutes(10)))
struct AdoptionKillTests {
    @Test("at every point of a list", arguments: ["request", "sent", "answered", "received"], [1, 3])
    func calls(point: String, number: Int) async throws {
        try await AdoptionBench.with(4, customers: 3) { bench in
            let killed = try await kill(bench, "kill:\(point)/list:\(number)")
            #expect(killed, "\(point) is met")
            try await expectMended(bench, "\(point) \(number)")
        }
    }

    @Test("at every write of the ledger, its making included")
    func commits() async throws {
        var number = 1
        while try await once("kill:written/store:\(number)") { number += 1 }
        #expect(number > 12, "the making, the run and three adoptions at least, and not only \(number)")
    }

    private func once(_ fault: String) async throws -> Bool {
        let wasKilled = Flag()
        try await AdoptionBench.with(4, customers: 3) { bench in
            if try await kill(bench, fault) { wasKilled.set() }
            try await expectMended(bench, "\(fault)")
        }
        return wasKilled.isSet
    }

    private func kill(_ bench: AdoptionBench, _ fault: String) async throws -> Bool {
        try await bench.adopt(["links.csv", "--new-ledger", "--concurrency", "1"], fault: fault).signal == SIGKILL
    }

    /// A row is there wholly, with its link and its history, or not at all.
    private func expectMended(_ bench: AdoptionBench, _ comment: Comment) async throws {
        let hasTables = try !bench.strings("SELECT name FROM sqlite_master WHERE name = 'attempts'").isEmpty
        let adopted = hasTables ? try bench.strings("SELECT linked_account_id FROM links WHERE state = 'linked'") : []
        if hasTables {
            #expect(try bench.strings("SELECT id FROM links WHERE state <> 'linked'").isEmpty, comment)
            let noted = try bench.strings("SELECT count(*) FROM attempts WHERE call = 'adopt'")
            #expect(noted == ["\(adopted.count)"], comment)
        }
        let last = try await bench.adopt(["links.csv", "--new-ledger", "--json"])
        #expect(last.exitCode == 0, "\(comment): \(last.output) \(last.errors)")
        #expect(last.links("already_linked") == adopted.count, comment)
        #expect(last.links("adopted") == 4 - adopted.count, comment)
        #expect(last.sent ?? 9 <= 3, comment)
        let before = bench.world.calls.count
        #expect(try await bench.run().exitCode == 0, comment)
        #expect(bench.world.calls.count == before, "a run sends nothing: \(comment)")
    }
}
