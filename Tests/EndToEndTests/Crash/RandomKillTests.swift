import TestSupport
import Testing

/// The promise: nothing lost, nothing twice, whenever the process dies.
///
/// The simulator's own record judges.
@Suite("Killed at random moments", .timeLimit(.minutes(CrashSizes.minutes)))
struct RandomKillTests {
    private static let lanes = 2

    @Test(
        "a run goes on where it stopped, however often it is killed, and links every account once",
        arguments: 0..<Self.lanes
    )
    func kills(lane: Int) async throws {
        var figures = CrashFigures()
        let wanted = CrashSizes.kills / Self.lanes
        var stream = UInt64(lane) * 1_000_000
        while figures.kills < wanted {
            stream += 1
            figures += try await KillEpisode(SeededGenerator(stream: stream), limit: wanted - figures.kills).play()
            if CrashSizes.isFull { print("lane \(lane): \(figures)") }
        }
        try CrashTable.add("random moments, lane \(lane)", figures)
    }
}
