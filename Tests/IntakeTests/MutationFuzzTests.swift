import Domain
import Intake
import TestSupport
import Testing

/// Broken inputs: nothing crashes, nothing is told twice or out of order, and pieces change nothing.
@Suite struct MutationFuzzTests {
    private static let pieces = [
        "\"", "\"\"", ",", "\n", "\r", "\r\n", "{", "}", "[", "]", ":", "\\", "\\u", "\\ud83d", "\\ude00", "é", "😀",
        "\u{FEFF}",
        "null", "-1.5e", "\u{0}", "\u{85}", Sample.token, Sample.header, Sample.line, Sample.object, "\"customer_id\"",
    ]

    @Test(arguments: 0..<400)
    func survives(round: Int) async throws {
        let seed = SeededGenerator.processSeed
        var random = SeededGenerator(seed: seed &+ UInt64(round))
        let isCSV = random.chance(oneIn: 2)
        let bytes = isCSV ? Self.csv(&random) : Self.jsonLines(&random)
        let comment = Comment(rawValue: "RELINK_TEST_SEED=\(seed), round \(round)")
        let name = isCSV ? "in.csv" : "in.jsonl"

        let whole = await Self.outcome(bytes, name, 1 << 16)
        for size in [1, 2, 3, 7, Int.random(in: 4...200, using: &random)] {
            #expect(await Self.outcome(bytes, name, size) == whole, comment)
        }
        guard case .success(let events) = whole else { return }
        let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
        #expect(events.map(\.line) == events.map(\.line).sorted(), comment)
        #expect(Set(events.map(\.line)).count == events.count, comment)
        #expect(events.allSatisfy { (1...lines).contains($0.line) }, comment)
        #expect(events.allSatisfy { ($0.invalid?.line ?? 1) <= lines && ($0.invalid?.column ?? 1) >= 1 }, comment)
    }

    private static func outcome(_ bytes: [UInt8], _ name: String, _ size: Int) async -> Result<
        [InputEvent], IntakeError
    > {
        do {
            return .success(try await Reading.events(bytes, name: name, pieceSize: size))
        } catch let error as IntakeError {
            return .failure(error)
        } catch {
            return .failure(.unreadable(file: name, reason: "\(error)"))
        }
    }

    private static func csv(_ random: inout SeededGenerator) -> [UInt8] {
        let lines = (0..<Int.random(in: 0...8, using: &random)).map { _ in Sample.line }
        return mutated(([Sample.header] + lines).joined(separator: random.pick(["\n", "\r\n", "\r"])), &random)
    }

    private static func jsonLines(_ random: inout SeededGenerator) -> [UInt8] {
        let lines = (0..<Int.random(in: 0...8, using: &random)).map { _ in Sample.object }
        return mutated(lines.joined(separator: random.pick(["\n", "\r\n"])), &random)
    }

    private static func mutated(_ text: String, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let at = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.insert(contentsOf: random.pick(pieces).utf8, at: at)
            case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
            case 2: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 0...4, using: &random)))
            default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 60)], at: at)
            }
        }
        return bytes
    }
}
