package import Domain

extension LedgerWriter {
    /// Some of the rows whose access token is kept here, in the order in which they were first met.
    ///
    /// - Parameters:
    ///   - link: Rows after this one.
    ///   - limit: So many at most.
    ///   - again: Also those that were given out before.
    /// - Returns: None at the end.
    /// - Throws: `LedgerError`.
    package func keptTokens(after link: Link.ID, limit: Int, again: Bool) async throws -> [KeptToken] {
        try await write { [keys] in try ExchangeRecord.kept(after: link, limit: limit, again: again, keys, $0) }
    }

    /// Notes that access tokens were given out; what is to be forgotten is wiped.
    package func noteExport(_ exchanges: [Int64], forget: Bool, at: Timestamp) async throws {
        try await write { try ExchangeRecord.noteExport(exchanges, forget: forget, at: at, $0) }
    }
}
