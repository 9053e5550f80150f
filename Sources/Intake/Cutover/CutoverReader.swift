package import Domain

/// Reads a cut-over's plan as a stream: the links that a person approved, each with the one that takes its place.
package struct CutoverReader<Source: ByteSource>: RemovalSource {
    private var records: RecordReader<Source>
    private var sink = CutoverSink()

    /// Makes a reader of `source`; `name` is what positions call it, and its ending tells the format.
    ///
    /// - Parameters:
    ///   - name: The plan's file.
    ///   - source: Its bytes.
    ///   - delimiter: What parts the fields of CSV, where it is no comma: some spreadsheets write semicolons.
    package init(name: String, source: Source, delimiter: UInt8? = nil) {
        records = RecordReader(
            file: name,
            source: source,
            columns: [:],
            fields: InputField.ofCutovers,
            delimiter: delimiter
        )
    }

    /// Reads as far as the header of CSV or the first byte of JSONL.
    ///
    /// - Throws: `IntakeError` where it is no plan.
    package mutating func open() async throws {
        try await records.open(for: sink)
    }

    /// The next piece, with at least one line; nothing at the end.
    ///
    /// - Throws: `IntakeError` where the plan cannot be read on.
    package mutating func next() async throws -> RemovalBatch? {
        while try await records.next(into: &sink) {
            if let batch = sink.drain() { return batch }
        }
        return nil
    }
}
