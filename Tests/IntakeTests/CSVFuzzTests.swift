import Domain
import Intake
import TestSupport
import Testing

/// Random tables, written in random legal ways, read by this reader and by a simple one.
@Suite struct CSVFuzzTests {
    private static let atoms = [
        "a", "b1", " ", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", "é", "😀", "e\u{301}", "\u{A0}", "'",
        "x y",
        "1234567", "\u{7}", "-",
    ]

    @Test(arguments: 0..<300)
    func agreesWithTheSimpleReader(round: Int) async throws {
        let seed = SeededGenerator.processSeed
        var random = SeededGenerator(seed: seed &+ UInt64(round))
        let rows = Self.table(&random)
        var writer = TableWriter(random: random)
        let text = writer.write(rows)
        let comment = Comment(rawValue: "RELINK_TEST_SEED=\(seed), round \(round)")

        let delimiter = try #require(writer.delimiter.unicodeScalars.first)
        let records = ReferenceCSV.records(text.replacing("\u{FEFF}", with: ""), delimiter: delimiter)
        #expect(records.map(\.fields) == rows, comment)
        let options = IntakeOptions(delimiter: writer.delimiter.utf8.first, environment: .sandbox)
        let size = random.pick([1, 3, 17, 1 << 16])
        let events = try await Reading.events(Array(text.utf8), pieceSize: size, options: options)
        #expect(events == Self.expectedEvents(records), comment)
    }

    /// Rows with good ids, and other columns with anything in them; the header comes first.
    private static func table(_ random: inout SeededGenerator) -> [[String]] {
        var columns = InputField.ofRows.filter { $0 != .businessID }.map(\.rawValue)
        for index in 0..<Int.random(in: 0...4, using: &random) { columns.append("other\(index)") }
        columns.shuffle(using: &random)
        let count = Int.random(in: 0...12, using: &random)
        return [columns] + (0..<count).map { line in columns.map { cell($0, line, &random) } }
    }

    private static func cell(_ column: String, _ line: Int, _ random: inout SeededGenerator) -> String {
        switch InputField(rawValue: column) {
        case .customerID: random.pick(["\(line)", " owner \(line)\t", "\"q\(line)\""])
        case .accountID: random.pick([Sample.account, "a,;|\(line)", "é\u{A0}"])
        case .accessToken: random.pick([Sample.token, "t\"\(line)"])
        default: (0..<Int.random(in: 0...5, using: &random)).map { _ in random.pick(atoms) }.joined()
        }
    }

    private static func expectedEvents(_ records: [ReferenceCSV.Record]) -> [InputEvent] {
        let columns = records[0].fields
        return records.dropFirst().map { record in
            let values = Dictionary(uniqueKeysWithValues: zip(columns, record.fields.map(trimmed)))
            let (owner, account) = (values["customer_id"] ?? "", values["account_id"] ?? "")
            let (token, reference) = (values["access_token"] ?? "", values["reference"] ?? "")
            var warnings: [RowWarning] = token == Sample.token ? [] : [.accessTokenShape]
            if account != Sample.account { warnings.append(.accountIDShape) }
            warnings.append(.ownerIDShape)
            return .row(
                Sample.row(
                    owner: owner,
                    account: account,
                    token: token,
                    reference: reference.isEmpty ? nil : reference,
                    line: record.line,
                    warnings: warnings
                )
            )
        }
    }

    private static func trimmed(_ text: String) -> String {
        let blanks: Set<Unicode.Scalar> = [" ", "\t", "\u{A0}"]
        let scalars = text.unicodeScalars.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }
            .reversed()
        var result = ""
        result.unicodeScalars.append(contentsOf: scalars)
        return result
    }
}
