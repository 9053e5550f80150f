/// One API call as the ledger keeps it: never changed, never removed before a prune.
package struct Attempt: Sendable, Equatable {
    /// What was called.
    package enum Call: String, Sendable, Hashable, CaseIterable {
        case exchange
        case mint
        case post
        case list
        case remove
        /// No call: a person's verdict.
        case resolve
        /// No call: a link that was made elsewhere was taken over.
        case adopt
    }

    /// What came of it in one word.
    package enum Result: String, Sendable, Hashable, CaseIterable {
        case ok
        case refused
        case rateLimited = "rate_limited"
        case unusable
        case neverSent = "never_sent"
        case lost
        /// The process ended before an answer could be recorded.
        case crashed
    }

    package let call: Call
    package let result: Result
    package let sentAt: Timestamp
    package let latency: Duration?
    package let status: Int?
    package let code: String?
    package let message: String?
    package let requestID: String?

    package init(
        call: Call,
        result: Result,
        sentAt: Timestamp,
        latency: Duration? = nil,
        status: Int? = nil,
        code: String? = nil,
        message: String? = nil,
        requestID: String? = nil
    ) {
        self.call = call
        self.result = result
        self.sentAt = sentAt
        self.latency = latency
        self.status = status
        self.code = code
        self.message = message
        self.requestID = requestID
    }
}

extension Attempt {
    /// The record of a finished call.
    package init<Value>(_ call: Call, _ finished: RemoteCall<Value>) {
        var result = Result.ok
        var code: String?
        var message: String?
        switch finished.reply {
        case .success: break
        case .refusal(let refusal):
            result = refusal.status == 429 ? .rateLimited : .refused
            code = refusal.code ?? refusal.type
            message = refusal.message
        case .unusable(_, let why): (result, message) = (.unusable, why)
        case .neverSent(let why): (result, message) = (.neverSent, why)
        case .lost(let why): (result, message) = (.lost, why)
        }
        self.init(
            call: call,
            result: result,
            sentAt: finished.sentAt,
            latency: finished.latency,
            status: finished.status,
            code: code,
            message: message,
            requestID: finished.requestID
        )
    }
}
