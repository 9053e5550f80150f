/// Keeps retries to a tenth of the calls, so that an outage is not met with more calls than usual.
package struct RetryBudget: Sendable {
    /// Retries that are allowed whatever the number of calls, so that a small run can retry at all.
    private static let floor = 20.0
    private static let share = 0.1

    private var balance = Self.floor

    package init() {}

    /// A first try was sent.
    package mutating func earn() {
        balance = min(balance + Self.share, 10 * Self.floor)
    }

    /// Whether a retry is allowed; takes it from the budget if so.
    package mutating func spend() -> Bool {
        guard balance >= 1 else { return false }
        balance -= 1
        return true
    }
}
