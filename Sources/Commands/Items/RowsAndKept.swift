import Domain
import Ledger

/// An input's rows, and after them those whose access token only the ledger has.
struct RowsAndKept: RowSource {
    private var input: InputFiles?
    private let ledger: LedgerWriter
    private var last: Link.ID = 0

    init(_ input: InputFiles, _ ledger: LedgerWriter) {
        (self.input, self.ledger) = (input, ledger)
    }

    mutating func next() async throws -> RowBatch? {
        if let batch = try await input?.next() { return batch }
        input = nil
        let kept = try await ledger.keptTokens(after: last, limit: 500, again: true)
        guard let end = kept.last else { return nil }
        last = end.link
        return RowBatch(rows: kept.compactMap(row))
    }

    /// One that the present key does not open is none.
    private func row(_ token: KeptToken) -> InputRow? {
        token.accessToken.map { secret in
            InputRow(
                identity: token.identity,
                credential: .accessToken(secret),
                reference: token.reference,
                position: InputPosition(file: "ledger", line: 0)
            )
        }
    }
}
