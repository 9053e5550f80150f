import Domain

/// What takes the records of an input: as rows to link, rows to leave out, or links to remove.
protocol RecordSink: Sendable {
    /// Fails where a file with these columns cannot hold a usable record.
    func check(_ columns: FieldColumns, file: String) throws(IntakeError)

    /// Takes the record that has these cells, or says what is wrong with it.
    mutating func take(
        _ cells: Cells,
        raw: Span<UInt8>,
        decoded: Span<UInt8>,
        at position: InputPosition
    ) throws(RecordProblem)

    /// Takes note of a record that cannot be used.
    mutating func refuse(_ row: InvalidRow)
}
