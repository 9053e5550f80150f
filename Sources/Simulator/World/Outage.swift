/// What an API that is away says to every call; none of them has an effect.
package struct Outage: Sendable, Codable, Equatable {
    /// The HTTP status; 0 resets the connection.
    package var status: Int
    /// How the answer says when to come back.
    package var retryAfter: RetryAfter
    /// The seconds that it then names.
    package var seconds: Double

    /// Makes an outage that says nothing of its end, unless it is told how.
    package init(status: Int, retryAfter: RetryAfter = .none, seconds: Double = 30) {
        self.status = status
        self.retryAfter = retryAfter
        self.seconds = seconds
    }

    private enum CodingKeys: String, CodingKey {
        case status
        case retryAfter = "retry_after"
        case seconds
    }
}
