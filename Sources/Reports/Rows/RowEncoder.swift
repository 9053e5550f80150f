import Domain

/// A format of a report: what comes before, for each, and after the rows.
protocol RowEncoder: Sendable {
    /// Writes what comes before the rows.
    func appendHeader(to buffer: inout [UInt8])

    /// Takes a row in, and writes what can be written of it at once.
    mutating func append(_ row: ReportRow, to buffer: inout [UInt8])

    /// Writes what comes after the rows.
    func appendFooter(to buffer: inout [UInt8])
}
