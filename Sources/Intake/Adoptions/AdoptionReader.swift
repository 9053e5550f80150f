package import Domain

/// Reads links that were made elsewhere as a stream: the columns of `relink run`, with a `linked_account_id` in the
/// place of the access token, and a `mask` where there is one.
package struct AdoptionReader<Source: ByteSource>: AdoptionSource {
    private var records: RecordReader<Source>
    private var sink: AdoptionSink

    /// Makes a reader of `source`; `name` is what positions call it, and its ending tells the format.
    package init(name: String, source: Source, options: IntakeOptions) {
        records = RecordReader(
            file: name,
            source: source,
            columns: options.columns,
            fields: InputField.ofAdoptions,
            delimiter: options.delimiter
        )
        sink = AdoptionSink(businessOwners: options.businessOwners)
    }

    /// Reads as far as the header of CSV or the first byte of JSONL.
    ///
    /// - Throws: `IntakeError` where the input is unusable.
    package mutating func open() async throws {
        try await records.open(for: sink)
    }

    /// The next piece, with at least one line; nothing at the end.
    ///
    /// - Throws: `IntakeError` where the input cannot be read on.
    package mutating func next() async throws -> AdoptionBatch? {
        while try await records.next(into: &sink) {
            if let batch = sink.drain() { return batch }
        }
        return nil
    }
}
