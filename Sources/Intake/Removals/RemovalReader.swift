package import Domain

/// Reads a list of links to remove as a stream: CSV or JSONL with an owner and a `linked_account_id` on every line.
///
/// Other columns are passed over, so that `relink report --mapping` is such a list as it is.
package struct RemovalReader<Source: ByteSource>: RemovalSource {
    private var records: RecordReader<Source>
    private var sink = RemovalSink()

    /// Makes a reader of `source`; `name` is what positions call it, and its ending tells the format.
    package init(name: String, source: Source) {
        records = RecordReader(
            file: name,
            source: source,
            columns: [:],
            fields: InputField.ofRemovals,
            delimiter: nil
        )
    }

    /// Reads as far as the header of CSV or the first byte of JSONL.
    ///
    /// - Throws: `IntakeError` where the list is unusable.
    package mutating func open() async throws {
        try await records.open(for: sink)
    }

    /// The next piece, with at least one line; nothing at the end.
    ///
    /// - Throws: `IntakeError` where the list cannot be read on.
    package mutating func next() async throws -> RemovalBatch? {
        while try await records.next(into: &sink) {
            if let batch = sink.drain() { return batch }
        }
        return nil
    }
}
