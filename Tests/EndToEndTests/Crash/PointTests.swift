import TestSupport
import Testing

/// The same promise at every named point of a row's life.
@Suite("Killed at a named point", .timeLimit(.minutes(CrashSizes.minutes)))
struct PointTests {
    @Test("whatever was being done when it was killed, the next run brings everything to its end")
    func points() async throws {
        let scenarios = (0..<CrashSizes.seeds).flatMap { seed in
            CrashPoint.all.enumerated().map { (index: $0.offset, point: $0.element, seed: seed) }
        }
        var sums: [CrashPoint: CrashFigures] = [:]
        try await inLanes(CrashSizes.lanes, scenarios) { scenario in
            let random = SeededGenerator(stream: UInt64(scenario.index * 1_000_000 + scenario.seed + 1))
            return (scenario.point, try await PointScenario(scenario.point, random).play())
        } each: { point, figures in
            sums[point, default: CrashFigures()] += figures
        }
        for point in CrashPoint.all { try CrashTable.add(point.name, sums[point] ?? CrashFigures()) }
        #expect(sums.count == CrashPoint.all.count)
    }
}
