import Domain
import Intake
import Testing

/// Where the pieces of an input end changes nothing.
@Suite struct ChunkTests {
    static let csv =
        "\u{FEFF}note,\(Sample.header)\r\n\r\n\"a\r\nb\",\(Sample.line)\r\n\"\"\"é\"\"\",\(Sample.line)\r"
        + "x,\"y\"z,a\r\nstray \",\(Sample.line)\n\"open,\(Sample.line)\r\na,b\r\"multi\nline\",x\r\n"
        + "😀,,\(Sample.account),\(Sample.token),\"\"\r\n \r\n\"open again,\r\n\(Sample.line),\r"
    static let jsonLines =
        "\u{FEFF}\r\n\(Sample.object)\r\n{\"a\":\"\\ud83d\\ude00\",\"x\":[1,2]}\n\n[1]\n{\"reference\":\"é\u{A0}\"}\n"
        + "{\"a\":\n\(Sample.object)  \n{\"account_id\":\"\\u00e9\",\"account_id\":1}"

    @Test(arguments: ["in.csv": csv, "-": csv, "in.jsonl": jsonLines, "stdin": jsonLines])
    func everyPieceSizeGivesTheSame(name: String, text: String) async throws {
        let expected = try await Reading.events(text, name: name)
        #expect(expected.count > 6)
        for size in 1...64 {
            let events = try await Reading.events(text, name: name, pieceSize: size)
            #expect(events == expected, "pieces of \(size)")
        }
    }

    @Test func tellsTheEventsOfTheSample() async throws {
        let expected = [
            "row 3", "row 5", "bad_quoting 6:6", "row 7", "bad_quoting 10:2", "wrong_field_count 9:4",
            "wrong_field_count 11:8", "wrong_field_count 11:8", "missing_value 12:3", "bad_quoting 14:1",
            "token_in_wrong_field 15:76",
        ]
        let summary = try await Reading.summary(Self.csv)
        #expect(summary == expected)
    }
}
