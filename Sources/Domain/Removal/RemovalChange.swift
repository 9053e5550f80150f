/// One durable step in the removal of a link.
package struct RemovalChange: Sendable {
    /// What happened.
    package enum Step: Sendable, Equatable {
        /// The DELETE leaves now; from here on the link may be gone. `status` is what Bond lists.
        case intended(RemovalForm, status: String?)
        /// The DELETE has ended in some way; what it did is still to be seen.
        case answered
        /// This is what it came to.
        case settled(Verdict)
    }

    /// What a removal came to; the raw value is what the ledger keeps.
    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// Bond's list does not show the link any more, or shows it as removed.
        case removed
        /// Bond refused, and did not act.
        case refused
        /// The link stands: nothing was sent, or what was sent had no effect.
        case noEffect = "no_effect"
    }

    package let order: RemovalOrder
    /// The row that has the link.
    package let row: Link.ID?
    package let step: Step
    /// When, on this machine's clock.
    package let at: Timestamp
    /// The API call behind it, if one ended.
    package let attempt: Attempt?

    package init(
        _ order: RemovalOrder,
        row: Link.ID?,
        _ step: Step,
        at: Timestamp,
        attempt: Attempt? = nil
    ) {
        self.order = order
        self.row = row
        self.step = step
        self.at = at
        self.attempt = attempt
    }
}
