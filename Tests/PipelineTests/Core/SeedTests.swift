import FoundationEssentials
import RunSupport
import Testing

/// The deterministic core: histories of runs, every part of which follows from a seed.
///
/// `RELINK_SEEDS` says how many seeds are played, and `RELINK_TEST_SEED` names the one to be played alone, with its
/// whole trace in a file.
@Suite struct SeedTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let only = environment["RELINK_TEST_SEED"].flatMap { UInt64($0) }
    private static let count = environment["RELINK_SEEDS"].flatMap { UInt64($0) } ?? 500
    private static let lanes = UInt64(4)

    /// Each lane ends at its first seed that is not sound.
    @Test(.enabled(if: only == nil), .timeLimit(.minutes(30)), arguments: 0..<lanes)
    func everySeedIsSound(_ lane: UInt64) async throws {
        for seed in stride(from: lane, to: Self.count, by: Int(Self.lanes)) {
            let result = try await Simulation.play(seed: seed)
            guard result.isSound else { return report(result) }
        }
    }

    @Test(.enabled(if: only != nil))
    func theSeedThatWasAskedForIsSound() async throws {
        let seed = try #require(Self.only)
        let result = try await Simulation.play(seed: seed)
        let path = FileManager.default.temporaryDirectory.path + "/relink-seed-\(seed).trace"
        try Data(result.lines.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
        print("the trace of seed \(seed): \(path)")
        if !result.isSound { report(result) }
    }

    @Test(.enabled(if: only == nil), arguments: 0..<lanes)
    func theSameSeedGivesTheSameTrace(_ lane: UInt64) async throws {
        for seed in stride(from: lane, to: 20, by: Int(Self.lanes)) {
            let (first, second) = (try await Simulation.play(seed: seed), try await Simulation.play(seed: seed))
            guard first.lines != second.lines else { continue }
            let same = zip(first.lines, second.lines).prefix { $0 == $1 }.count
            let lines = [first, second].map { $0.lines.dropFirst(same).first ?? "the end" }
            Issue.record("seed \(seed): after \(same) equal lines \(lines[0]), and then \(lines[1])")
            return
        }
    }

    private func report(_ result: Simulation.Result) {
        let tail = result.tail.map { "    " + $0 }.joined(separator: "\n")
        Issue.record("RELINK_TEST_SEED=\(result.seed): \(result.fault ?? "")\n\(tail)")
    }
}
