/// What inviting customers keeps in a ledger and asks of it.
package protocol InvitationLedger: Sendable {
    /// Takes lines in: finds or adds an invitation for each, and says what is to be done, in the same order.
    func admit(_ invitees: [Invitee], policy: InvitationPolicy) async throws -> [InvitationAdmission]

    /// Commits what became of an invitation, and the call behind it; returns once it is durable.
    func commit(_ change: InvitationChange, of invitation: Invitation.ID, requestID: String?, at: Timestamp)
        async throws
}

/// An input of invitees, read once from its first line to its last.
package protocol InviteeSource: Sendable {
    /// The next piece; nothing at the end.
    mutating func next() async throws -> InviteeBatch?
}
