import Domain
import Intake
import Testing

/// What a user is told about an input that cannot be used.
@Suite struct IntakeErrorTests {
    static let cases: [(error: IntakeError, text: String)] = [
        (
            .noHeader(file: "a.csv", line: 1, fault: .empty),
            "a.csv:1: the file is empty: its first line must name the columns"
        ),
        (
            .missingColumn(file: "a.csv", field: .accessToken, found: ["x", "y"]),
            "a.csv has no column for access_token: its columns are \"x\", \"y\"; "
                + "name the right one with --map access_token=COLUMN"
        ),
        (
            .missingColumn(file: "a.csv", field: .customerID, found: ["customer_id;account_id"]),
            "a.csv has no column for customer_id: its header is one column; if that is the delimiter, "
                + "give --delimiter ';'"
        ),
        (
            .twoColumns(file: "a.csv", field: .reference, names: ["x", "X"]),
            "a.csv has two columns for reference, \"x\", \"X\": remove or rename one, "
                + "or say which with --map reference=COLUMN"
        ),
        (
            .mappedColumnMissing(file: "a.csv", field: .reference, column: "ours", found: ["x"]),
            "a.csv has no column \"ours\", which --map names for reference: its columns are \"x\""
        ),
        (
            .businessColumnWithoutFlag(file: "a.csv"),
            "a.csv has business_id and no customer_id: give --business-owners if its rows belong to businesses"
        ),
        (.utf16(file: "a.csv"), "a.csv is UTF-16: save it as UTF-8"),
        (
            .jsonArray(file: "a.json"),
            "a.json is a JSON array: write one object per line, as `jq -c '.[]'` does, without brackets and commas"
        ),
        (.unreadable(file: "a.csv", reason: "disk"), "a.csv cannot be read: disk"),
    ]

    @Test(arguments: cases)
    func describes(error: IntakeError, text: String) {
        #expect(error.description == text)
    }

    @Test(arguments: [";", "|", "\t"])
    func hintsAtTheDelimiter(delimiter: String) async {
        let text = Sample.header.replacing(",", with: delimiter)
        let hint = await Reading.error(Array(text.utf8))?.description ?? ""
        #expect(hint.contains("--delimiter"))
    }
}
