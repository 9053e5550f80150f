/// A `Retry-After` header (RFC 9110, 10.2.3): seconds, or a date on the server's clock.
package enum RetryAfter: Sendable, Equatable {
    case seconds(Int64)
    /// Milliseconds since 1970.
    case date(Int64)

    /// Reads the header, or nothing where it is neither form.
    package init?(_ text: String) {
        let trimmed = text.split(separator: " ").joined(separator: " ")
        // Ten digits are three centuries; more would overflow a Duration's arithmetic somewhere.
        if let seconds = Int64(trimmed), seconds >= 0, trimmed.utf8.count <= 10 {
            self = .seconds(seconds)
        } else if let date = HTTPDate.milliseconds(trimmed) {
            self = .date(date)
        } else {
            return nil
        }
    }

    /// How long to wait, when the server's clock shows `now` (milliseconds since 1970).
    package func wait(now: Int64) -> Duration {
        switch self {
        case .seconds(let seconds): .seconds(seconds)
        case .date(let date): .milliseconds(max(0, date - now))
        }
    }
}
