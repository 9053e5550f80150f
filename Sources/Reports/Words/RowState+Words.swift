import Domain

extension RowState {
    /// One sentence on what to do about rows in this state.
    package var advice: String {
        switch self {
        case .pending: "Not tried yet: run again."
        case .minted: "Plaid's token is there, Bond comes next: run again."
        case .posting: "The call to Bond was out when this was written: wait for the run, or run again."
        case .linked: "Nothing."
        case .inDoubt: "Settle with `relink reconcile`; what stays in doubt, a person settles with `relink resolve`."
        case .retryable: "Run again."
        case .needsUser: "The user goes through Plaid Link as the action says, then run again."
        case .rejected: "Correct what the error names, then run again with `--retry rejected`."
        case .held: "Looks like a renumbered account: compare with the linked one; to link it, `--retry held`."
        case .unlinked: "Bond no longer has the link: find out why; to link it again, `--retry unlinked`."
        case .invalid: "Correct the line in the input, then run again."
        }
    }
}
