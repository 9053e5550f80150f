import Domain

/// A source whose next piece may be read, and its rows marked, while the one before is taken in.
actor ReadAhead<Source: RowSource> {
    /// A piece of the input, and its rows once more with their marks.
    typealias Piece = (batch: RowBatch, rows: [MarkedRow])

    private let ledger: any RunLedger
    /// The source; nothing while it is read.
    private var source: Source?
    /// What was read ahead: a piece, or the end.
    private var ahead: Piece??

    init(_ source: Source, ledger: any RunLedger) {
        (self.source, self.ledger) = (source, ledger)
    }

    /// Reads the next piece ahead, where nobody can have to wait for it.
    func prepare() async throws {
        if source?.isAtHand == true { ahead = .some(try await read()) }
    }

    /// The next piece; nothing at the end. One task at a time may ask.
    func next() async throws -> Piece? {
        if let ahead = ahead.take() { return ahead }
        return try await read()
    }

    private func read() async throws -> Piece? {
        guard var source = source.take() else { return nil }
        defer { self.source = source }
        return try await source.next().map { ($0, ledger.marked($0.rows)) }
    }
}
