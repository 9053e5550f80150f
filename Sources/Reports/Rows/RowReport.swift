package import Domain

/// A report of rows, written piece by piece: the header, each row in the caller's order, the footer.
///
/// A million rows stream through it; the formats that summarise keep a bounded summary only.
package struct RowReport: Sendable {
    private var encoder: any RowEncoder

    /// Makes a report that has nothing in it yet.
    ///
    /// - Parameters:
    ///   - format: The form it comes in.
    ///   - spreadsheetSafe: Whether CSV cells that a spreadsheet would take for a formula get an apostrophe.
    ///   - hasHealth: Whether the columns about the rows' Items follow.
    ///   - subject: What the report is about, for the formats that say so.
    package init(
        format: ReportFormat,
        spreadsheetSafe: Bool = false,
        hasHealth: Bool = false,
        about subject: ReportSubject = ReportSubject()
    ) {
        let columns = ReportColumns.all + (hasHealth ? ReportColumns.item : [])
        encoder =
            switch format {
            case .csv: CSVTable(columns: columns, spreadsheetSafe: spreadsheetSafe)
            case .jsonl: JSONLines(columns: columns)
            case .json: JSONRows(columns: columns)
            case .markdown: MarkdownReport(subject: subject)
            }
    }

    /// Writes what comes before the rows.
    package func appendHeader(to buffer: inout [UInt8]) {
        encoder.appendHeader(to: &buffer)
    }

    /// Takes the next row in, and writes what can be written of it at once.
    package mutating func append(_ row: ReportRow, to buffer: inout [UInt8]) {
        encoder.append(row, to: &buffer)
    }

    /// Writes what comes after the rows.
    package func appendFooter(to buffer: inout [UInt8]) {
        encoder.appendFooter(to: &buffer)
    }
}
