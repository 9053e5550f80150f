import Pacing
import TestSupport
import Testing

/// What one worker learns is everybody's: holds, outages, limits.
@Suite(.timeLimit(.minutes(5))) struct SharedTroubleTests {
    private static let rate = Rate.perSecond(100)
    private static let trouble = Duration.seconds(5)

    @Test(arguments: ["400/min", "100/s"])
    func refusalAtOneHoldsAllWithinTheNextExchange(text: String) async throws {
        let crew = Crew(4, at: try #require(Rate(text)), stream: 21)
        let refused = EventLog<Duration>()
        try await crew.run {
            try await crew.work(0..<4, until: .seconds(25)) { worker, at in
                guard worker == 0, at >= Self.trouble, refused.events.isEmpty else { return .served }
                refused.append(at)
                return .overLimit(retryAfter: .seconds(10))
            }
        }
        let heard = try #require(refused.events.first) + .milliseconds(150)
        #expect(crew.sends(in: heard..<heard + .seconds(10), of: 0..<1).isEmpty)
        // Who waits asks once a second.
        let silence = heard + .milliseconds(1_250)..<heard + .seconds(10)
        #expect(crew.sends(in: silence).isEmpty, "\(SeededGenerator())")
        #expect(crew.sends(in: silence.upperBound ..< .seconds(25)).count > 10)
    }

    @Test(arguments: [150, 2_500])
    func outageAtOneKeepsTheOthersAwayAndOneProbesAtATime(latency: Int) async throws {
        let crew = Crew(4, at: Self.rate, latency: .milliseconds(latency), stream: 22)
        let over = Duration.seconds(30)
        try await crew.run {
            try await crew.work(0..<4, until: .seconds(90)) { _, at in
                at >= Self.trouble && at < over ? .failed(isFirst: true, retryAfter: nil) : .served
            }
        }
        // Five have failed at one of them then, everybody has heard of it, and the times that were drawn are over.
        let begin = Self.trouble + .milliseconds(latency + 800)
        let probes = crew.sends(in: begin..<over)
        #expect((1...8).contains(probes.count), "\(probes) \(SeededGenerator())")
        #expect(zip(probes, probes.dropFirst()).allSatisfy { $1 - $0 >= .milliseconds(990) }, "\(probes)")
        #expect(crew.sends(in: begin..<Self.trouble + .seconds(5)).isEmpty, "\(SeededGenerator())")
        // After it everybody goes on.
        for worker in 0..<4 {
            #expect(!crew.sends(in: .seconds(80) ..< .seconds(90), of: worker..<worker + 1).isEmpty)
        }
        crew.expectKept(Self.rate)
    }

    @Test func whereNothingIsServedOneTriesForAll() async throws {
        let crew = Crew(4, at: Self.rate, stream: 32)
        try await crew.run {
            try await crew.work(0..<4, until: .seconds(20)) { _, at in
                at >= Self.trouble && at < .seconds(12) ? .overLimit(retryAfter: .zero) : .served
            }
        }
        // What was served before is told by then, and ends nothing any more.
        let tries = crew.sends(in: .seconds(7) ..< .seconds(12))
        #expect((3...6).contains(tries.count), "\(tries) \(SeededGenerator())")
        #expect(crew.sends(in: .seconds(14) ..< .seconds(20)).count > 100)
    }

    @Test func limitThatOneLearnsIsEverybodys() async throws {
        let crew = Crew(4, at: Self.rate, stream: 23)
        let knees = EventLog<[Double?]>()
        try await crew.run {
            let refused = EventLog<Duration>()
            async let work: Void = crew.work(0..<4, until: .seconds(12)) { worker, at in
                guard worker == 0, at >= Self.trouble, refused.events.isEmpty else { return .served }
                refused.append(at)
                return .overLimit(retryAfter: .seconds(1))
            }
            try await crew.wait(until: .seconds(8))
            knees.append(crew.gates.map(\.learnedKnee))
            try await work
        }
        #expect(knees.events == [Array(repeating: 100.0, count: 4)], "\(SeededGenerator())")
        let slow = crew.use(of: Self.rate, .seconds(8) ..< .seconds(9))
        #expect(slow < 0.95 && slow > 0.6, "\(slow) \(SeededGenerator())")
    }

    @Test func whoIsAloneBeginsAnewButKeepsAHoldAndTheNextTime() async throws {
        let first = Crew(1, at: .perMinute(2), stream: 24)
        try await first.run {
            try await first.work(0..<1, until: .seconds(5)) { _, _ in .overLimit(retryAfter: .seconds(100)) }
        }
        let second = Crew([.perMinute(60)], knee: 0.5, isAlone: true, after: first, stream: 25)
        try await second.run { try await second.work(0..<1, until: .seconds(110)) }
        let start = try #require(second.sends.first)
        #expect(start >= .seconds(100) && start < .seconds(106), "\(start)")
        #expect(second.gates[0].learnedKnee == 0.5)
        let third = Crew([.perMinute(2)], isAlone: true, after: second, stream: 26)
        try await third.run { try await third.work(0..<1, until: .seconds(200)) }
        #expect(third.gates[0].learnedKnee == nil, "what is learned comes from the ledger's own record")
        let last = try #require(second.sends.last)
        #expect(try #require(third.sends.first) - last >= .seconds(1))
    }

    @Test func restartOfTheKeeperLeavesASecondForWhatItForgot() async throws {
        let crew = Crew(4, at: Self.rate, stream: 27)
        try await crew.run {
            async let work: Void = crew.work(0..<4, until: .seconds(15))
            try await crew.wait(until: .seconds(5))
            let old = crew.keeper.climate
            try await crew.wait(until: .milliseconds(5_600))
            crew.keeper.restart(with: old)
            try await work
        }
        crew.expectKept(Self.rate)
        #expect(crew.use(of: Self.rate, .seconds(8) ..< .seconds(15)) >= 0.95, "\(SeededGenerator())")
    }

    @Test func clockThatWasSetBackHoldsNobodyUp() async throws {
        let first = Crew([Self.rate], epoch: .seconds(3_600), stream: 28)
        try await first.run { try await first.work(0..<1, until: .seconds(3)) }
        let second = Crew([Self.rate], after: first, epoch: .zero, stream: 29)
        try await second.run { try await second.work(0..<1, until: .seconds(10)) }
        let start = try #require(second.sends.first) - .seconds(3)
        #expect(start >= .seconds(1) && start < .seconds(2), "\(start)")
    }

    @Test func whoCannotShareSendsNothingAndSaysWhy() async throws {
        let crew = Crew(1, at: Self.rate, stream: 30)
        let failure = EventLog<String>()
        try await crew.run {
            do {
                async let work: Void = crew.work(0..<1, until: .seconds(20))
                try await crew.wait(until: .seconds(5))
                crew.keeper.fail(Away())
                try await work
            } catch {
                failure.append("\(error)")
            }
        }
        #expect(failure.events == ["Away()"])
        #expect(crew.sends(in: .milliseconds(5_500) ..< .seconds(20)).isEmpty)
    }

    @Test func gateThatSharesWithNobodyJustGoesOn() async throws {
        let bench = GateBench()
        try await bench.gate.keeping { _ = try await bench.gate.enter() }
        try await bench.gate.enter()
    }

    private struct Away: Error {}
}
