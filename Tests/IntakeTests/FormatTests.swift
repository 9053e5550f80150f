import Domain
import Intake
import Testing

/// How the format is told.
@Suite struct FormatTests {
    private static let csv = "\(Sample.header)\n\(Sample.line)\n"

    @Test(arguments: [
        ("in.jsonl", Sample.object, ["row 1"]), ("in.NDJSON", Sample.object, ["row 1"]), ("in.CSV", csv, ["row 2"]),
        ("-", Sample.object, ["row 1"]), ("-", "\n \r\n\t\(Sample.object)", ["row 3"]),
        ("-", "\u{FEFF}\(Sample.object)", ["row 1"]), ("-", csv, ["row 2"]), ("export.txt", csv, ["row 2"]),
        ("-", "\n\n\(csv)", ["row 4"]), ("in.jsonl", "", []), ("in.jsonl", "\n \n", []),
        ("in.jsonl", csv, ["bad_json 1:1", "not_an_object 2:1"]),
    ])
    func tells(name: String, text: String, summary: [String]) async throws {
        #expect(try await Reading.summary(text, name: name) == summary)
    }

    @Test(arguments: ["-", "in.jsonl", "rows.json"])
    func refusesAnArray(name: String) async {
        #expect(await Reading.error(Array("\u{FEFF} \n[\(Sample.object)]".utf8), name: name) == .jsonArray(file: name))
    }

    @Test(arguments: [
        [0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61], [0xFF, 0xFE], [0x61, 0, 0x62, 0], [0, 0x61, 0, 0x62],
    ])
    func refusesUTF16(bytes: [UInt8]) async {
        for name in ["in.csv", "in.jsonl", "-"] {
            #expect(await Reading.error(bytes, name: name) == .utf16(file: name))
        }
    }

    @Test func anEmptyInputOfUnknownFormatHasNoHeader() async {
        #expect(await Reading.error([], name: "-") == .noHeader(file: "-", line: 1, fault: .empty))
    }

    @Test func saysWhyReadingFailed() async {
        struct Broken: ByteSource {
            mutating func read() async throws -> [UInt8] { throw Fault.disk }
        }
        enum Fault: Error { case disk }
        var reader = RowReader(name: "in.csv", source: Broken(), options: IntakeOptions(environment: .sandbox))
        await #expect(throws: IntakeError.unreadable(file: "in.csv", reason: "disk")) { _ = try await reader.next() }
    }

    @Test func opensAtTheHeaderAndKeepsWhatFollows() async throws {
        var reader = RowReader(
            name: "in.csv",
            source: ArraySource(Array(Self.csv.utf8), pieceSize: 7),
            options: IntakeOptions(environment: .sandbox)
        )
        try await reader.open()
        try await reader.open()
        #expect(try await reader.next() == [.row(Sample.row())])
        #expect(try await reader.next() == nil)
        #expect(try await reader.next() == nil)
    }
}
