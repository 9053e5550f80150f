package import Domain

/// Reads an input as a stream of rows and of lines that cannot be rows.
package struct RowReader<Source: ByteSource>: Sendable {
    private var records: RecordReader<Source>
    private var sink: RowSink

    /// Makes a reader of `source`; `name` is what positions call it, and its ending tells the format.
    package init(name: String, source: Source, options: IntakeOptions) {
        records = RecordReader(
            file: name,
            source: source,
            columns: options.columns,
            delimiter: options.delimiter
        )
        sink = RowSink(businessOwners: options.businessOwners, environment: options.environment)
    }

    /// Reads as far as the header of CSV or the first byte of JSONL.
    ///
    /// Throws an `IntakeError` where the input is unusable.
    package mutating func open() async throws {
        try await records.open(for: sink)
    }

    /// The events of the next piece of input in file order, at least one; nothing at the end.
    ///
    /// Opens the input where that was not done. Throws an `IntakeError` where it cannot be read on.
    package mutating func next() async throws -> [InputEvent]? {
        while try await records.next(into: &sink) {
            if let events = sink.drain() { return events }
        }
        return nil
    }
}
