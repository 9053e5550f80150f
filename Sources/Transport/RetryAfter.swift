/// A `Retry-After` header (RFC 9110, 10.2.3): seconds, or a date on the server's clock.
package enum RetryAfter: Sendable, Equatable {
    case seconds(Int64)
    /// Milliseconds since 1970.
    case date(Int64)

    /// The longest wait that is told: a year stands for whatever is longer.
    package static let longest = Duration.seconds(365 * 86_400)

    /// Reads the header, or nothing where it is neither form.
    package init?(_ text: String) {
        let trimmed = text.split(separator: " ").joined(separator: " ")
        if !trimmed.isEmpty, trimmed.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            // A number too large to be read is still a wish to be left alone for long (RFC 9111, 1.2.2).
            self = .seconds(Int64(trimmed) ?? .max)
        } else if let date = HTTPDate.milliseconds(trimmed) {
            self = .date(date)
        } else {
            return nil
        }
    }

    /// How long to wait, when the server's clock shows `now` (milliseconds since 1970): a year at most.
    package func wait(now: Int64) -> Duration {
        switch self {
        case .seconds(let seconds): min(.seconds(max(0, seconds)), Self.longest)
        case .date(let date): min(.milliseconds(max(0, date - now)), Self.longest)
        }
    }
}
