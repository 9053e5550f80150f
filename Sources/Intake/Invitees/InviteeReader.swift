package import Domain

/// Reads an input as a stream of invitees: the columns of `relink run`, of which the owner alone is needed.
package struct InviteeReader<Source: ByteSource>: InviteeSource {
    private var records: RecordReader<Source>
    private var sink: InviteeSink

    /// Makes a reader of `source`; `name` is what positions call it, and its ending tells the format.
    package init(name: String, source: Source, options: IntakeOptions) {
        records = RecordReader(file: name, source: source, columns: options.columns, delimiter: options.delimiter)
        sink = InviteeSink(businessOwners: options.businessOwners, environment: options.environment)
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
    package mutating func next() async throws -> InviteeBatch? {
        while try await records.next(into: &sink) {
            if let batch = sink.drain() { return batch }
        }
        return nil
    }
}
