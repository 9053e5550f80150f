import Domain

/// What a customer is told once the rows of a success have been tried.
struct GuestVerdict: Sendable, Equatable {
    let standing: LinkStanding
    /// How the invitation ended; nothing while it has not.
    let ending: InvitationEnding?
    /// Whether the rows are tried once more, without the customer.
    let isPassing: Bool

    /// The verdict on rows by their states, and the codes of what is wrong with them.
    init(_ rows: [(state: RowState, code: String?)]) {
        func some(_ wanted: RowState...) -> Bool { rows.contains { wanted.contains($0.state) } }
        func code(_ state: RowState) -> String? { rows.first { $0.state == state }?.code }
        isPassing = some(.retryable, .pending, .minted)
        if some(.linked) {
            // One account is enough for the customer; what is wrong with others is the brand's to look at.
            (standing, ending) = (.done, .success)
        } else if isPassing {
            (standing, ending) = (.working, nil)
        } else if some(.needsUser) {
            (standing, ending) = (.failed(.notRepaired), .exit(errorCode: code(.needsUser)))
        } else if some(.rejected) {
            let isMismatch = code(.rejected) == "identity_mismatch"
            standing = isMismatch ? .failed(.identityMismatch) : .closed(.refused)
            ending = isMismatch ? .exit(errorCode: code(.rejected)) : .success
        } else {
            (standing, ending) = (.closed(.unsettled), .success)
        }
    }
}
