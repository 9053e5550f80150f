extension CallGate {
    /// How much of an answer's content matters to the gate.
    package enum Feedback: Sendable {
        /// The API served the call, or judged the row: the credentials hold.
        case served
        /// The API is there, and says nothing good of the credentials.
        case refused
        /// The API answers a probe: calls go again, and whether they are served is still to be seen.
        case reachable
        /// The API failed in words of its own: that may be about this row, or about the whole API.
        ///
        /// Only a row's first try tells: a few rows that fail at every try are no outage.
        case faltered(isFirst: Bool)
        /// No answer, or one of a server that stands before the API: nobody is there.
        ///
        /// Here too only a call's first try tells.
        case failed(isFirst: Bool, retryAfter: Duration?)
        /// One call too many. `retryAfter` is the server's own wish.
        case overLimit(retryAfter: Duration?)
        /// The API says that it is away for a while.
        case away(retryAfter: Duration?)
    }

    /// How the API is doing after an answer.
    package struct Health: Sendable, Equatable {
        /// How long it has given nothing but failures and refusals to serve.
        package let trouble: Duration
        /// Whether the failure is the API's and not the row's, so that it is no try of the row's.
        package let isOut: Bool
    }

    /// Thrown to calls that wait at a gate when it closes, and to all that come later.
    package struct Closed: Error {
        package init() {}
    }
}
