import Domain
import Intake
import Synchronization
import Testing

/// Inputs of which some part is far larger than memory should ever be.
@Suite struct EndlessInputTests {
    private static let piece = 1 << 16

    /// How often a source was read.
    private final class Count: Sendable {
        private let value = Mutex(0)

        func withLock<Result>(_ body: (inout Int) -> Result) -> Result { value.withLock { body(&$0) } }
    }

    /// A head, one byte very many times, and a tail; it counts its reads.
    private struct Endless: ByteSource {
        let head: String
        let filler: UInt8
        var pieces: Int
        var tail: String?
        var isStarted = false
        let reads = Count()

        mutating func read() async throws -> [UInt8] {
            reads.withLock { $0 += 1 }
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

    /// 4 MiB without a line end.
    @Test(arguments: [UInt8(ascii: "x"), UInt8(ascii: " "), UInt8(ascii: "\""), 0])
    func oneLongLineIsOneProblem(filler: UInt8) async throws {
        for (name, head, good) in [
            ("in.csv", "\(Sample.header)\n", Sample.line), ("in.jsonl", "\(Sample.object)\n", Sample.object),
        ] {
            let source = Endless(head: head, filler: filler, pieces: 1 << 6, tail: "\n\(good)\n")
            let expected =
                name == "in.csv" ? ["record_too_long 2:1", "row 3"] : ["row 1", "record_too_long 2:1", "row 3"]
            #expect(try await events(name, source) == expected)
        }
    }

    @Test(arguments: [UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: " ")])
    func blanksBeforeTheFirstRowAreNotKept(filler: UInt8) async throws {
        let source = Endless(head: "", filler: filler, pieces: 1 << 7, tail: "\n\(Sample.object)")
        var reader = RowReader(name: "in.jsonl", source: source, options: IntakeOptions(environment: .sandbox))
        try await reader.open()
        // A mebibyte of blanks is looked at, in pieces of 64 KiB; the rest waits until rows are asked for.
        #expect(source.reads.withLock { $0 } < 20)
        var events: [InputEvent] = []
        while let more = try await reader.next() { events += more }
        #expect(events.last.map(Reading.summary)?.hasPrefix("row") == true)
    }
}
