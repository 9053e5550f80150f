import Domain
import Intake
import Testing

/// What is legal CSV, and what the reader makes of it.
@Suite struct CSVSyntaxTests {
    @Test func readsOneRow() async throws {
        let events = try await Reading.events("\(Sample.header)\n\(Sample.line)\n")
        #expect(events == [.row(Sample.row())])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func readsEveryLineEnd(end: String) async throws {
        let text = [Sample.header, Sample.line, Sample.line].joined(separator: end)
        #expect(try await Reading.summary(text) == ["row 2", "row 3"])
        #expect(try await Reading.summary(text + end) == ["row 2", "row 3"])
        #expect(try await Reading.summary(end + text + end + end) == ["row 3", "row 4"])
    }

    @Test(arguments: [",": "in.csv", "\t": "in.tsv"])
    func takesTheDelimiterOfTheName(delimiter: String, name: String) async throws {
        let text = "\(Sample.header)\n\(Sample.line)".replacing(",", with: delimiter)
        #expect(try await Reading.summary(text, name: name) == ["row 2"])
    }

    @Test(arguments: [";", "|", "\t", ":"])
    func takesTheGivenDelimiter(delimiter: String) async throws {
        let text = "\(Sample.header)\n\(Sample.line)".replacing(",", with: delimiter)
        let options = IntakeOptions(delimiter: delimiter.utf8.first, environment: .sandbox)
        #expect(try await Reading.summary(text, options: options) == ["row 2"])
    }

    @Test func passesOverAByteOrderMark() async throws {
        let events = try await Reading.events("\u{FEFF}\(Sample.header)\n\(Sample.line)")
        #expect(events == [.row(Sample.row())])
    }

    @Test func passesOverBlankLines() async throws {
        let text = "\n \t\n\(Sample.header)\n\n   \n\(Sample.line)\n\r\n\(Sample.line)\n\t"
        #expect(try await Reading.summary(text) == ["row 6", "row 8"])
    }

    @Test func acceptsAHeaderAlone() async throws {
        #expect(try await Reading.events(Sample.header) == [])
        #expect(try await Reading.events(Sample.header + "\r\n") == [])
    }

    static let references: [(cell: String, reference: String?)] = [
        ("plain", "plain"),
        ("\"quoted\"", "quoted"),
        ("\"a,b\"", "a,b"),
        ("\"say \"\"hi\"\"\"", "say \"hi\""),
        ("\"\"\"\"", "\""),
        ("\"\"", nil),
        ("", nil),
        ("  edge  ", "edge"),
        ("\u{A0}\tno break\u{A0}", "no break"),
        ("\" in quotes \"", "in quotes"),
        ("5\" pipe", "5\" pipe"),
        ("a\"b\"c", "a\"b\"c"),
        (" \"blank before\"", "\"blank before\""),
        ("\"two\nlines\"", "two\nlines"),
        ("\"two\r\nlines\"", "two\r\nlines"),
        ("\"two\rlines\"", "two\rlines"),
        ("zürich 😀 e\u{301}", "zürich 😀 e\u{301}"),
    ]

    @Test(arguments: references)
    func readsCell(cell: String, reference: String?) async throws {
        let text =
            "reference,customer_id,account_id,access_token\n"
            + "\(cell),\(Sample.owner),\(Sample.account),\(Sample.token)"
        #expect(try await Reading.events(text) == [.row(Sample.row(reference: reference))])
    }

    @Test func countsTheLinesInsideQuotes() async throws {
        let text =
            "\"customer\n_id\",customer_id,account_id,access_token\n"
            + "\"a\nb\r\nc\rd\",\(Sample.owner),\(Sample.account),\(Sample.token)\n"
            + "x,\(Sample.owner),\(Sample.account),\(Sample.token)\n"
        let options = IntakeOptions(columns: [.customerID: "customer_id"], environment: .sandbox)
        #expect(try await Reading.summary(text, options: options) == ["row 3", "row 7"])
    }

    @Test func ignoresOtherColumnsAltogether() async throws {
        let bytes = Array("note,\(Sample.header)\n".utf8) + [0xFF, 0x00, 0x1B] + Array(",\(Sample.line)\n".utf8)
        #expect(try await Reading.events(bytes) == [.row(Sample.row())])
    }

    @Test func keepsTheLongestRecordAndRefusesALongerOne() async throws {
        let head = "note,\(Sample.header)\n"
        let room = (1 << 20) - Sample.line.utf8.count - 1
        let text =
            head + String(repeating: "x", count: room) + ",\(Sample.line)\n"
            + String(repeating: "x", count: room + 1) + ",\(Sample.line)\ny,\(Sample.line)"
        for size in [1 << 16, 1 << 20, 1 << 24] {
            let events = try await Reading.events(text, pieceSize: size)
            #expect(events.map(Reading.summary) == ["row 2", "record_too_long 3:1", "row 4"])
        }
    }
}
