import Domain
import Intake
import Testing

/// Inputs of which some part is far larger than memory should ever be.
@Suite struct EndlessInputTests {
    private static let piece = 1 << 16

    /// A head, one byte very many times, and a tail; it counts what was read.
    private struct Endless: ByteSource {
        let head: String
        let filler: UInt8
        var pieces: Int
        var tail: String?
        var isStarted = false

        mutating func read() async throws -> [UInt8] {
            if !isStarted {
                isStarted = true
                if !head.isEmpty { return Array(head.utf8) }
            }
            if pieces > 0 {
                pieces -= 1
                return Array(repeating: filler, count: EndlessInputTests.piece)
            }
            defer { tail = nil }
            return tail.map { Array($0.utf8) } ?? []
        }
    }

    private func events(_ name: String, _ source: Endless) async throws -> [String] {
        var reader = RowReader(name: name, source: source, options: IntakeOptions(environment: .sandbox))
        var events: [InputEvent] = []
        while let more = try await reader.next() { events += more }
        return events.map(Reading.summary)
    }

    /// 16 MiB without a line end.
    @Test(.timeLimit(.minutes(1)), arguments: [UInt8(ascii: "x"), UInt8(ascii: " "), UInt8(ascii: "\""), 0])
    func oneLongLineIsOneProblem(filler: UInt8) async throws {
        for (name, head, good) in [
            ("in.csv", "\(Sample.header)\n", Sample.line), ("in.jsonl", "\(Sample.object)\n", Sample.object),
        ] {
            let source = Endless(head: head, filler: filler, pieces: 1 << 8, tail: "\n\(good)\n")
            let expected =
                name == "in.csv" ? ["record_too_long 2:1", "row 3"] : ["row 1", "record_too_long 2:1", "row 3"]
            #expect(try await events(name, source) == expected)
        }
    }

    /// 32 MiB: with a buffer that grows, and is searched anew with each piece, it takes minutes.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: ["in.csv", "in.jsonl", "-"],
        [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    )
    func blankLinesBeforeTheFirstAreNotKept(name: String, filler: UInt8) async throws {
        let first = name == "in.jsonl" ? "\n\(Sample.object)" : "\n\(Sample.header)\n\(Sample.line)"
        let source = Endless(head: "", filler: filler, pieces: 1 << 9, tail: first)
        let summary = try await events(name, source)
        // JSONL ends lines at line feeds alone, so that 32 MiB of carriage returns are one long line of it.
        let isOneLine = name == "in.jsonl" && filler == UInt8(ascii: "\r")
        #expect(summary.last?.hasPrefix("row") == true)
        #expect(summary.count == (isOneLine ? 2 : 1))
    }
}
