package import Domain

/// A CSV file of invalid rows, written line by line; it never holds a token.
package struct InvalidRowsCSV: Sendable {
    private let table: CSVTable<InvalidRow>

    /// Makes the writer.
    ///
    /// - Parameter spreadsheetSafe: Whether cells that a spreadsheet would take for a formula get an apostrophe.
    package init(spreadsheetSafe: Bool = false) {
        table = CSVTable(columns: InvalidColumns.all, spreadsheetSafe: spreadsheetSafe)
    }

    /// Writes the line of column names.
    package func appendHeader(to buffer: inout [UInt8]) {
        table.appendHeader(to: &buffer)
    }

    /// Writes a row's line.
    package func append(_ row: InvalidRow, to buffer: inout [UInt8]) {
        table.append(row, to: &buffer)
    }
}
