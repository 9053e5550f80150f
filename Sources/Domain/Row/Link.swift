/// A row as the ledger knows it: all that deciding its next step needs.
package struct Link: Sendable, Equatable {
    /// The ledger's number for the row.
    package typealias ID = Int64

    package let id: ID
    package let identity: Identity
    package let state: RowState
    /// Of the newest access token seen for it.
    package let fingerprint: Fingerprint
    /// The processor token kept for the next attempt; nothing where there is none or it cannot be opened.
    package let token: ProcessorToken?
    /// Whether a sealed token is there that the present key does not open.
    package let tokenIsUnreadable: Bool
    /// Bond POSTs that left.
    package let attempts: Int
    /// In how many runs in a row its answer was one nobody has documented.
    package let unknownRuns: Int
    /// When an answer about this row last stopped a run.
    package let stoppedRunAt: Timestamp?

    package init(
        id: ID,
        identity: Identity,
        state: RowState,
        fingerprint: Fingerprint,
        token: ProcessorToken? = nil,
        tokenIsUnreadable: Bool = false,
        attempts: Int = 0,
        unknownRuns: Int = 0,
        stoppedRunAt: Timestamp? = nil
    ) {
        self.id = id
        self.identity = identity
        self.state = state
        self.fingerprint = fingerprint
        self.token = token
        self.tokenIsUnreadable = tokenIsUnreadable
        self.attempts = attempts
        self.unknownRuns = unknownRuns
        self.stoppedRunAt = stoppedRunAt
    }
}
