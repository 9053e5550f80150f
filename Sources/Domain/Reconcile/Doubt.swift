/// A row whose POST left and whose outcome is not known.
package struct Doubt: Sendable, Equatable {
    /// What put the row in doubt; the raw value is what the ledger keeps.
    package enum Cause: String, Sendable, Hashable, CaseIterable {
        /// No answer, or one that does not tell.
        case unanswered
        /// The process died while the call was out.
        case crashed
        /// The ledger was restored from a copy, and the row may have been linked after the copy was made.
        case restored
        /// Bond says it has the account already.
        case duplicate
    }

    package let link: Link.ID
    package let identity: Identity
    package let cause: Cause
    /// When the intent was committed, on this machine's clock.
    package let intentAt: Timestamp
    /// When the call ended; after a crash, when it must have ended at the latest.
    package let endedAt: Timestamp
    /// Bond's clock minus this machine's at the time, where it was known.
    package let clockOffset: Duration?

    package init(
        link: Link.ID,
        identity: Identity,
        cause: Cause,
        intentAt: Timestamp,
        endedAt: Timestamp,
        clockOffset: Duration?
    ) {
        self.link = link
        self.identity = identity
        self.cause = cause
        self.intentAt = intentAt
        self.endedAt = endedAt
        self.clockOffset = clockOffset
    }

    /// When absence from Bond's list begins to mean something.
    package func settledAt(settle: Duration) -> Timestamp {
        endedAt + settle
    }

    /// The times, on Bond's clock, in which the link was made if it was made.
    ///
    /// The offset comes from a header that is cut to the second: half a second is added to it, and a whole one to the
    /// end of the window, so that a link of ours is never outside. The two seconds at the beginning cover the rest.
    package func window(settle: Duration, fallbackOffset: Duration?) -> ClosedRange<Timestamp> {
        let offset = clockOffset ?? fallbackOffset ?? .zero
        let from = intentAt + offset - .seconds(2)
        return from...max(from, settledAt(settle: settle) + offset + .seconds(1))
    }
}
