/// The row on which an engine stands.
protocol LiveRow: AnyObject {
    /// A column's value.
    func value(at place: Int) -> LedgerValue
}
