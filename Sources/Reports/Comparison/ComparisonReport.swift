package import Domain

/// A report of the rows that differ between the ends of two runs, written piece by piece as `RowReport` is.
package struct ComparisonReport: Sendable {
    private var encoder: any ChangeEncoder

    /// Makes a report that has nothing in it yet.
    ///
    /// - Parameters:
    ///   - format: The form it comes in.
    ///   - spreadsheetSafe: Whether CSV cells that a spreadsheet would take for a formula get an apostrophe.
    ///   - comparison: The two runs, and the counts that come first in the forms that have room for them.
    ///   - subject: What the report is about, for the formats that say so.
    package init(
        format: ReportFormat,
        spreadsheetSafe: Bool = false,
        of comparison: RunComparison,
        about subject: ReportSubject = ReportSubject()
    ) {
        encoder =
            switch format {
            case .csv: CSVTable(columns: ComparisonColumns.all, spreadsheetSafe: spreadsheetSafe)
            case .jsonl: JSONLines(columns: ComparisonColumns.all)
            case .json: ComparisonJSON(comparison)
            case .markdown: ComparisonMarkdown(comparison, about: subject)
            }
    }

    /// Writes what comes before the rows.
    package func appendHeader(to buffer: inout [UInt8]) {
        encoder.appendHeader(to: &buffer)
    }

    /// Takes the next row in, and writes what can be written of it at once.
    package mutating func append(_ change: RowChange, to buffer: inout [UInt8]) {
        encoder.append(change, to: &buffer)
    }

    /// Writes what comes after the rows.
    package func appendFooter(to buffer: inout [UInt8]) {
        encoder.appendFooter(to: &buffer)
    }
}
