import Domain

extension RowAction {
    /// One sentence on how to do it.
    var advice: String {
        switch self {
        case .none: "Nothing."
        case .retry: "Run again."
        case .updateMode: "Send the user through Plaid Link in update mode, then run again."
        case .relink: "The user links the bank anew, then replace the token and run again."
        case .fixIdentity: "Correct the customer at Bond or the account."
        case .fixRow: "Correct the row, then run again."
        case .review: "Look at it with `relink show` and `relink accounts list`; settle a doubt with `relink resolve`."
        }
    }
}
