package import Domain

/// How far a command is that asks an API about one line after the other.
package struct CallProgressText: Sendable {
    private let calls: RunSummary.Calls
    private let elapsed: Duration
    private let lately: (calls: Int, span: Duration)

    /// Makes the text.
    ///
    /// - Parameters:
    ///   - calls: All calls so far.
    ///   - elapsed: The time they took.
    ///   - lately: The calls of a last span of time.
    package init(_ calls: RunSummary.Calls, elapsed: Duration, lately: (calls: Int, span: Duration)) {
        (self.calls, self.elapsed, self.lately) = (calls, elapsed, lately)
    }

    /// All in one line.
    package var line: String {
        let seconds = lately.span / .seconds(1)
        let rate = seconds > 0 ? Int((Double(lately.calls) / seconds * 60).rounded()) : 0
        return "\(calls.inWords); \(rate.grouped) a minute now; \(elapsed.inWords) so far"
    }
}
