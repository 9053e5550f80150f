import Foundation
import Simulator
import Testing

/// Signals end a run in good order or at once, and either leaves a ledger that the next run simply continues.
@Suite("A signal", .timeLimit(.minutes(5)))
struct SignalTests {
    @Test("ends a run in good order", arguments: [SIGINT, SIGTERM, SIGHUP])
    func first(signal: Int32) async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.bondLatency = 0.1...0.2
        try await BadDay.with(40, configuration) { day in
            let running = try day.start(["--concurrency", "4", "--timeout", "30s"])
            try await eventually { day.posts.count >= 6 }
            running.send(signal)
            let outcome = try await running.end()
            #expect(outcome.exitCode == 128 + signal, "\(outcome.errors)")
            #expect(outcome.word == "interrupted")
            #expect(outcome.errors.contains("calls in flight finish first"))
            #expect(outcome.states("in_doubt") == 0, "what was in flight has finished")
            #expect(day.posts.count < 40)
            try day.expectNoHarm("signal \(signal)")
            try await day.expectGoodDay("signal \(signal)")
        }
    }

    @Test("that comes twice ends it now")
    func second() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.faults = [.link: ["bond-hang-after": 1]]
        try await BadDay.with(6, configuration) { day in
            let running = try day.start(["--timeout", "120s"])
            // A POST that is cut off before it reaches Bond stays in doubt for the whole time-out of the run that sent it.
            try await eventually {
                let sql = "SELECT account_id FROM links WHERE state = 'posting'"
                guard let left = try? LedgerProbe(day.tool.folder).strings(sql) else { return false }
                return left.count >= 2 && day.world.counts.linksCreated == 1 + left.count
            }
            running.send(SIGTERM)
            // The same signal twice in one moment may count as one.
            let isOver = Flag()
            async let ended = ended(running, isOver)
            try await eventually(every: .milliseconds(200)) {
                running.send(SIGTERM)
                return isOver.isSet
            }
            let outcome = try await ended
            #expect(outcome.exitCode == 143, "\(outcome.errors)")
            #expect(outcome.errors.contains("relink: ended at once."), "\(outcome.errors)")
            #expect(outcome.output.isEmpty, "it sums up nothing: it ends now")
            try day.world.change { $0.faults = [:] }
            try day.expectNoHarm("two signals")
            try await day.expectGoodDay("two signals")
        }
    }

    @Test("gives calls up that are out still after 30 s, and sums up")
    func grace() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.faults = [.link: ["bond-hang-after": 1]]
        try await BadDay.with(6, configuration) { day in
            let running = try day.start(["--timeout", "120s"])
            try await eventually { day.world.counts.linksCreated >= 2 }
            running.send(SIGINT)
            let begin = ContinuousClock.now
            let outcome = try await running.end()
            #expect(ContinuousClock.now - begin < .seconds(90), "no call is waited for as long as it may last")
            #expect(outcome.exitCode == 130, "\(outcome.errors)")
            #expect(outcome.errors.contains("calls are out still after 30 s"))
            #expect(outcome.states("in_doubt").map { $0 >= 1 } == true, "\(outcome.output)")
            try day.world.change { $0.faults = [:] }
            try day.expectNoHarm("given up")
            try await day.expectGoodDay("given up")
        }
    }

    @Test("after a kill, status says that the last run did not finish")
    func killed() async throws {
        try await BadDay.with(50) { day in
            let running = try day.start(["--bond-rate", "2/s"])
            let posts = day.posts.count
            try await eventually { day.posts.count >= posts + 2 }
            running.send(SIGKILL)
            _ = try await running.end()
            let status = try await day.tool.run("status")
            #expect(status.output.contains("the last one did not come to its end: type its command again"))
        }
    }

    private func ended(_ running: Running, _ flag: Flag) async throws -> Tool.Outcome {
        let outcome = try await running.end()
        flag.set()
        return outcome
    }
}
