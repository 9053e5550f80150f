import Domain
import Intake

/// Bytes to rows.
enum IntakePieces {
    private static let rows = 20_000

    /// An input in memory, handed out in pieces as a file's are.
    private struct Memory: ByteSource {
        let bytes: [UInt8]
        var place = 0

        mutating func read() async throws -> [UInt8] {
            defer { place = min(place + 65_536, bytes.count) }
            return Array(bytes[place..<min(place + 65_536, bytes.count)])
        }
    }

    static func time() async throws {
        let lines = (0..<rows).map { "acct-\($0),\(uuid($0)),\(account($0)),access-sandbox-\(uuid($0))\n" }
        let csv = Array(("reference,customer_id,account_id,access_token\n" + lines.joined()).utf8)
        try await Stopwatch.time("CSV, one row", count: rows) { try await read("rows.csv", csv) }
        let objects = (0..<rows).map {
            #"{"reference":"acct-\#($0)","customer_id":"\#(uuid($0))","account_id":"\#(account($0))","#
                + #""access_token":"access-sandbox-\#(uuid($0))"}"# + "\n"
        }
        let jsonl = Array(objects.joined().utf8)
        try await Stopwatch.time("JSON Lines, one row", count: rows) { try await read("rows.jsonl", jsonl) }
    }

    private static func read(_ name: String, _ bytes: [UInt8]) async throws {
        var reader = RowReader(name: name, source: Memory(bytes: bytes), options: IntakeOptions(environment: .sandbox))
        var count = 0
        while let events = try await reader.next() { count += events.count }
        precondition(count == rows)
    }

    private static func uuid(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits + "-aaaa-4bbb-8ccc-0123456789ab"
    }

    private static func account(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "x", count: 37 - digits.count) + digits
    }
}
