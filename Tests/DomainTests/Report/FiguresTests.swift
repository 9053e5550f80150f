import Domain
import Testing

@Suite struct FiguresTests {
    private let start = Timestamp(milliseconds: 1_790_000_000_000)

    @Test(
        arguments: [
            (0, 1, 1), (1, 1, 1), (1_000, 1, 1), (1_001, 1, 2), (120_000, 1, 120), (120_001, 2, 61),
            (3_600_000, 30, 120), (3_600_001, 60, 61), (86_400_000, 900, 96), (432_000_001, 7_200, 61),
            (2_592_000_000, 21_600, 120),
        ] as [(Int, Int, Int)]
    )
    func timeIsCutIntoRoundSlots(milliseconds: Int, seconds: Int, count: Int) {
        let slots = TimeSlots(from: start, to: start + .milliseconds(milliseconds))
        #expect(slots.width == .seconds(seconds))
        #expect(slots.count == count)
        #expect(slots.count <= TimeSlots.limit)
        #expect(slots.start(of: count - 1) < slots.end)
    }

    @Test func aClockThatWasSetBackMakesNoNegativeTime() {
        #expect(TimeSlots(from: start, to: start - .seconds(9)).count == 1)
    }

    @Test func percentilesAreTheNearestRank() {
        var tally = LatencyTally()
        #expect(tally.percentile(0.5) == nil)
        for length in (1...100).reversed() { tally.note(.milliseconds(length)) }
        #expect(tally.percentile(0.5) == .milliseconds(50))
        #expect(tally.percentile(0.95) == .milliseconds(95))
        #expect(tally.percentile(0.99) == .milliseconds(99))
        #expect(tally.percentile(1) == .milliseconds(100))
        #expect(tally.percentile(0.501) == .milliseconds(51))
        tally.note(.milliseconds(1_239), count: 99)
        tally.note(.milliseconds(31_277))
        #expect(tally.count == 200)
        #expect(tally.percentile(0.95) == .milliseconds(1_230))
        #expect(tally.percentile(1) == .milliseconds(31_200))
    }

    @Test func callsAreCountedWhereTheyWereSent() {
        let run = RunOnRecord(
            number: 1,
            id: "run-1",
            startedAt: start,
            finishedAt: nil,
            outcome: nil,
            attempted: nil
        )
        var calls = CallFigures(run: run, time: TimeSlots(from: start, to: start + .seconds(3)))
        calls.note(.mint, .ok, slot: 0, latency: .milliseconds(7), count: 3)
        calls.note(.post, .rateLimited, slot: 9, latency: .milliseconds(7), count: 2)
        calls.note(.list, .ok, slot: -1, latency: nil, count: 1)
        calls.note(.post, .neverSent, slot: 1, latency: nil, count: 5)
        calls.note(.mint, .crashed, slot: 1, latency: nil, count: 5)
        calls.note(.resolve, .ok, slot: 1, latency: nil, count: 5)
        #expect(calls.slots[.plaid]?.map(\.sent) == [3, 0, 0])
        #expect(calls.slots[.bond]?.map(\.sent) == [1, 0, 2])
        #expect(calls.slots[.bond]?.map(\.rateLimited) == [0, 0, 2])
        #expect(calls.results[.post] == [.rateLimited: 2, .neverSent: 5])
        #expect(calls.results[.resolve] == nil)
        #expect(calls.latencies[.mint]?.count == 3)
        #expect(calls.latencies[.list] == nil)
    }
}
