package import FoundationEssentials

/// What became of a request, told apart by whether the server can have acted on it.
package enum HTTPOutcome: Sendable {
    /// A whole answer.
    case answer(HTTPAnswer)
    /// No connection was made, or the request's head was never handed to one: the server cannot have acted.
    case neverSent(why: String)
    /// The request left and no whole answer came back: the server may have acted.
    case lost(why: String)
    /// An answer came whose body cannot be used, for instance because it is too large.
    case unusable(status: Int, why: String)
}

/// A whole answer.
package struct HTTPAnswer: Sendable {
    package let status: Int
    package let body: [UInt8]
    /// The `Date` header in milliseconds since 1970, where it is there and readable.
    package let dateMilliseconds: Int64?
    /// The `Retry-After` header as it came.
    package let retryAfter: RetryAfter?

    package init(status: Int, body: [UInt8], dateMilliseconds: Int64? = nil, retryAfter: RetryAfter? = nil) {
        self.status = status
        self.body = body
        self.dateMilliseconds = dateMilliseconds
        self.retryAfter = retryAfter
    }

    /// The body for a decoder of JSON; empty, and so no JSON, where it is nested deeper than any answer.
    package var json: Data {
        JSONDepth.isReadable(body) ? Data(body) : Data()
    }
}
