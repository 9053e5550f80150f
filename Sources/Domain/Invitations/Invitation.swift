/// An invitation to Plaid Link, as the ledger keeps it.
package struct Invitation: Sendable {
    package typealias ID = Int64

    package let id: ID
    /// Where the input had it last.
    package let invitee: Invitee
    package let mode: LinkMode
    /// What was made, while it can be opened and has not expired.
    package let token: LinkToken?
    /// Why there is none.
    package let failure: Failure?

    package init(id: ID, invitee: Invitee, mode: LinkMode, token: LinkToken?, failure: Failure?) {
        self.id = id
        self.invitee = invitee
        self.mode = mode
        self.token = token
        self.failure = failure
    }
}

/// Which lines of the input are invited, and to what.
package struct InvitationPolicy: Sendable {
    /// How long Plaid knows what became of a link token after it has expired.
    package static let memory = Duration.seconds(6 * 3_600)
    /// How much of its life a token must have left to be handed out once more.
    package static let margin = Duration.seconds(300)

    package let now: Timestamp
    package let form: LinkForm
    package let choice: InvitationChoice

    package init(now: Timestamp, form: LinkForm, choice: InvitationChoice) {
        self.now = now
        self.form = form
        self.choice = choice
    }
}

/// Which rows of the input are invited, by what the ledger says of them.
package enum InvitationChoice: Sendable, Equatable {
    case all
    /// Those in one of these states, and if asked for those whose connection needs its user.
    case only(Set<RowState>, unhealthy: Bool)
}

/// What is to be done about one line.
package enum InvitationAdmission: Sendable, Equatable {
    /// A token is to be made.
    case make(Invitation.ID, LinkMode)
    /// The one that was made before is good still.
    case stillGood
    /// The line came before.
    case duplicate
    /// The ledger does not have its row in a state that was asked for.
    case leftOut
}

/// What became of an invitation.
package enum InvitationChange: Sendable {
    case made(LinkToken, LinkMode)
    case failed(Failure)
}

/// How a customer's time with Link ended, as the ledger keeps it.
package enum InvitationEnding: Sendable, Equatable {
    case success
    case exit(errorCode: String?)
}

/// An invitation whose customer may have been through Link.
package enum InvitationPoll: Sendable {
    /// Plaid is asked what became of its link token.
    case ask(Invitation.ID, LinkMode, LinkToken)
    /// It ended in success, and that was collected before.
    case collected
    /// Nobody was invited, or Plaid does not know any more.
    case notInvited
}

/// What is to be done about one line whose customer gets a page.
package enum GuestAdmission: Sendable {
    /// The page's address, as far as nobody can guess it.
    case guest(Invitation.ID, LinkMode, Secret)
    case duplicate
    /// The ledger does not have its row in a state that was asked for, or the customer has been there with success.
    case leftOut
}
