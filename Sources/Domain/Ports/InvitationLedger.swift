/// What inviting customers keeps in a ledger and asks of it.
package protocol InvitationLedger: Sendable {
    /// Takes lines in: finds or adds an invitation for each, and says what is to be done, in the same order.
    func admit(_ invitees: [Invitee], policy: InvitationPolicy) async throws -> [InvitationAdmission]

    /// Says of each line whether its customer may have been through Link, in the same order.
    func polls(of invitees: [Invitee], at: Timestamp) async throws -> [InvitationPoll]

    /// Commits how customers' times with Link ended; a success stays one.
    func end(_ endings: [(id: Invitation.ID, ending: InvitationEnding)], at: Timestamp) async throws

    /// The error code of a row that needs its user; nothing where it does not.
    func codeForUser(of identity: Identity) async throws -> String?

    /// Rows whose access token came from an exchange, and that are not linked yet, some at a time.
    func exchangedRows(after link: Link.ID, limit: Int) async throws -> [(link: Link.ID, row: InputRow)]

    /// Commits what became of an invitation, and the call behind it; returns once it is durable.
    func commit(_ change: InvitationChange, of invitation: Invitation.ID, requestID: String?, at: Timestamp)
        async throws
}

/// An input of invitees, read once from its first line to its last.
package protocol InviteeSource: Sendable {
    /// The next piece; nothing at the end.
    mutating func next() async throws -> InviteeBatch?
}
