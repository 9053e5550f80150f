import Foundation
import Simulator
import Testing

/// This machine's wall clock set back or forward, while rows are in doubt.
@Suite("A clock that is set", .timeLimit(.minutes(5)))
struct ClockTests {
    @Test(
        "back by an hour after a crash: what was in doubt is settled by Bond's clock, and no run waits for an hour",
        arguments: ["kill:answered/bond:3", "kill:request/bond:3"]
    )
    func backBetweenRuns(fault: String) async throws {
        try await BadDay.with(5) { day in
            let tool = try day.tool.clocked(0)
            #expect(try await crash(fault, tool).signal == SIGKILL)
            try tool.setClock(-3_600)
            let begin = ContinuousClock.now
            let outcome = try await run(tool)
            #expect(ContinuousClock.now - begin < .seconds(45))
            // Where Bond's clock was not known yet, the row waits until the clock is right.
            #expect([0, 3].contains(outcome.exitCode), "\(outcome.output) \(outcome.errors)")
            try day.expectNoHarm("set back")
            try tool.setClock(0)
            try await day.expectGoodDay("set back, and right again")
        }
    }

    @Test("back by an hour, and Bond's clock was not known: in doubt until the clock is right, not posted again")
    func backWithoutOffset() async throws {
        try await BadDay.with(5) { day in
            let tool = try day.tool.clocked(0)
            #expect(try await crash("kill:answered/bond:1", tool).signal == SIGKILL)
            try tool.setClock(-3_600)
            let outcome = try await run(tool)
            #expect([0, 3].contains(outcome.exitCode), "\(outcome.output) \(outcome.errors)")
            try day.expectNoHarm("set back")
            try tool.setClock(0)
            try await day.expectGoodDay("set back, and right again")
        }
    }

    @Test("an hour ahead when the process died, and set right since: in doubt for a person, not posted again")
    func aheadWithoutOffset() async throws {
        try await BadDay.with(5) { day in
            let tool = try day.tool.clocked(3_600)
            #expect(try await crash("kill:answered/bond:1", tool).signal == SIGKILL)
            try tool.setClock(0)
            let outcome = try await run(tool)
            #expect(outcome.exitCode == 3, "\(outcome.output) \(outcome.errors)")
            #expect(outcome.states("in_doubt") == 1)
            let report = try await tool.run("report", "--state", "in_doubt").output
            #expect(report.contains("clock_moved"), "\(report)")
            #expect(day.world.counts.doubleLinks == 0)
        }
    }

    @Test("in the middle of a run, with a row in doubt: the run goes on to its end", arguments: [-3_600, 3_600])
    func middle(seconds: Int) async throws {
        let answers = ["normal", "normal", "normal", "bond-503-after", "normal", "normal", "bond-503-before"]
        var configuration = SimulatorConfiguration(
            scenario: Scenario(rules: [Scenario.Rule(.link, answers: answers, then: .normal)])
        )
        configuration.behaviour.bondLatency = 0.1...0.1
        try await BadDay.with(14, configuration) { day in
            let tool = try day.tool.clocked(0)
            async let ended = tool.start(Self.arguments + ["--concurrency", "1"]).end()
            try await eventually { day.posts.count >= 6 }
            try tool.setClock(seconds)
            let begin = ContinuousClock.now
            let outcome = try await ended
            #expect(ContinuousClock.now - begin < .seconds(45))
            #expect([0, 3].contains(outcome.exitCode), "\(outcome.output) \(outcome.errors)")
            try day.expectNoHarm("set in the middle")
            if outcome.exitCode == 0 { #expect(day.world.counts.linksActive == 15) }
        }
    }

    private static let arguments = ["run", "in.csv"] + BadDay.options

    private func crash(_ fault: String, _ tool: Tool) async throws -> Tool.Outcome {
        try await tool.faulty(fault).start(Self.arguments + ["--concurrency", "1"]).end()
    }

    private func run(_ tool: Tool) async throws -> Tool.Outcome {
        try await tool.start(Self.arguments).end()
    }
}
