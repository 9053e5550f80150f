package import Domain

/// A source whose next piece may be read, and made ready, while the one before is worked on.
package actor ReadAhead<Source: RowSource, Piece: Sendable> {
    /// The source; nothing while it is read.
    private var source: Source?
    /// What was read ahead: a piece, or the end.
    private var ahead: Piece??
    private let make: @Sendable (RowBatch) -> Piece

    /// Reads `source`; `make` makes of what was read what is worked on.
    package init(_ source: Source, make: @escaping @Sendable (RowBatch) -> Piece) {
        (self.source, self.make) = (source, make)
    }

    /// Reads the next piece ahead, where nobody can have to wait for it.
    ///
    /// - Throws: What reading the source throws.
    package func prepare() async throws {
        if source?.isAtHand == true { ahead = .some(try await read()) }
    }

    /// The next piece; nothing at the end.
    ///
    /// One task at a time may ask.
    ///
    /// - Returns: What was made of it.
    /// - Throws: What reading the source throws.
    package func next() async throws -> Piece? {
        if let ahead = ahead.take() { return ahead }
        return try await read()
    }

    private func read() async throws -> Piece? {
        guard var source = source.take() else { return nil }
        defer { self.source = source }
        return try await source.next().map(make)
    }
}
