import Domain

extension ErrorCount {
    /// What to do: the answer table's advice, else that of the row's action.
    var advice: String {
        failure.advice ?? action?.advice ?? ""
    }
}
