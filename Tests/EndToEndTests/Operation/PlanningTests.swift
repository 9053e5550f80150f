import Foundation
import Simulator
import Testing

/// Looking before leaping.
@Suite("relink plan", .timeLimit(.minutes(5)))
struct PlanningTests {
    private static func plan(_ day: BadDay, _ more: [String] = []) async throws -> Tool.Outcome {
        try await day.tool.start(["plan", "in.csv"] + more).end()
    }

    @Test("foresees the calls that the run then makes, and calls nobody itself")
    func foresees() async throws {
        try await BadDay.with(25) { day in
            let before = day.world.calls.count
            let plan = try await Self.plan(day, ["--json"])
            #expect(plan.exitCode == 2, "\(plan.errors)")
            #expect(day.world.calls.count == before)
            let calls = try #require(plan.json()["calls"] as? [String: Int])
            let run = try await day.run()
            let made = try #require(run.json()["calls"] as? [String: [String: Int]])
            #expect(calls == made.compactMapValues { $0["sent"] })
            let after = try await Self.plan(day)
            #expect(after.exitCode == 0, "\(after.output)")
            #expect(after.output.contains("plan: nothing to do"))
        }
    }

    @Test("needs no credentials and no ledger, and makes none")
    func poor() async throws {
        let tool = Tool(try Scratch())
        try tool.folder.write(Sheet(3).csv, to: "in.csv")
        let outcome = try await tool.run("plan", "in.csv")
        #expect(outcome.exitCode == 2, "\(outcome.errors)")
        #expect(outcome.output.contains("there is none yet"))
        #expect(try tool.folder.contents().keys.contains { $0.hasPrefix("relink.sqlite") } == false)
        #expect(try await tool.run("plan", "missing.csv").exitCode == 66)
        #expect(try await tool.run("plan", "-", "--output", "p.json", input: "").exitCode == 64)
    }

    @Test("a plan that was kept is carried out")
    func kept() async throws {
        try await BadDay.with(5) { day in
            let plan = try await Self.plan(day, ["--output", "plan.json"])
            #expect(plan.output.contains("--plan plan.json"))
            #expect(try day.tool.folder.mode("plan.json") == 0o600)
            #expect(try await day.run("in.csv", ["--plan", "plan.json"]).exitCode == 0)
        }
    }

    @Test("a plan that does not hold any more is refused before anything is called")
    func stale() async throws {
        try await BadDay.with(5) { day in
            #expect(try await Self.plan(day, ["--output", "plan.json"]).exitCode == 2)
            let posts = day.posts.count
            func expectRefusal(_ why: String, _ input: String = "in.csv", _ more: [String] = []) async throws {
                let outcome = try await day.run(input, ["--plan", "plan.json"] + more)
                #expect(outcome.exitCode == 78, "\(why): \(outcome.errors)")
                #expect(outcome.errors.contains(why), "\(outcome.errors)")
                #expect(day.posts.count == posts)
            }
            try await expectRefusal("it is for in.csv", "first.csv")
            try await expectRefusal("it is for the ledger", "in.csv", ["--ledger", "other.sqlite"])
            let input = try day.tool.folder.read("in.csv")
            try day.tool.folder.write(input + "\n", to: "in.csv")
            try await expectRefusal("in.csv has changed since")
            try day.tool.folder.write(input, to: "in.csv")
            #expect(try await day.run("first.csv").exitCode == 0)
            try await expectRefusal("the ledger has been written since")
            try day.tool.folder.write("{}", to: "plan.json")
            try await expectRefusal("is no plan")
            #expect(try await day.run("in.csv", ["--plan", "gone.json"]).exitCode == 66)
        }
    }
}
