/// One finished call to a remote API: what came of it, and when.
package struct RemoteCall<Value: Sendable>: Sendable {
    /// What the call came to.
    package enum Reply: Sendable {
        /// The success asked for.
        case success(Value)
        /// A readable answer that is not the success asked for.
        case refusal(Refusal)
        /// A 2xx answer that cannot be used: not JSON, cut short, too large, or without what it must carry.
        case unusable(status: Int, why: String)
        /// The connection was never made, or nothing was written to it: the server cannot have acted.
        case neverSent(why: String)
        /// The request left and no whole answer came: the server may or may not have acted.
        case lost(why: String)
    }

    package let reply: Reply
    /// When the call began, on this machine's clock.
    package let sentAt: Timestamp
    /// From the beginning to the end of the call.
    package let latency: Duration
    /// The HTTP status, where there was one.
    package let status: Int?
    /// The server's clock minus this machine's, from the answer's `Date`.
    package let clockOffset: Duration?
    /// Plaid's `request_id`, on successes too.
    package let requestID: String?

    package init(
        reply: Reply,
        sentAt: Timestamp,
        latency: Duration,
        status: Int? = nil,
        clockOffset: Duration? = nil,
        requestID: String? = nil
    ) {
        self.reply = reply
        self.sentAt = sentAt
        self.latency = latency
        self.status = status
        self.clockOffset = clockOffset
        self.requestID = requestID
    }

    /// The readable answer that is not the success asked for, if it is one.
    package var refusal: Refusal? {
        if case .refusal(let refusal) = reply { refusal } else { nil }
    }

    /// When the call ended.
    package var endedAt: Timestamp { sentAt + latency }
}
