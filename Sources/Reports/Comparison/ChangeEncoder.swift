import Domain

/// A format of a comparison: what comes before, for each, and after the rows.
protocol ChangeEncoder: Sendable {
    /// Writes what comes before the rows.
    func appendHeader(to buffer: inout [UInt8])

    /// Takes a row in, and writes what can be written of it at once.
    mutating func append(_ change: RowChange, to buffer: inout [UInt8])

    /// Writes what comes after the rows.
    func appendFooter(to buffer: inout [UInt8])
}

extension CSVTable: ChangeEncoder where Row == RowChange {}

extension JSONLines: ChangeEncoder where Row == RowChange {}
