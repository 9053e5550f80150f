/// An answer that is not the success asked for, as the remote side gave it, without any secret it may have echoed.
package struct Refusal: Sendable, Equatable {
    /// Who answered.
    package let api: API
    /// The HTTP status, or the status repeated in Bond's body where HTTP said 2xx.
    package let status: Int
    /// Plaid's `error_type` or Bond's `Type`.
    package let type: String?
    /// Plaid's `error_code` or Bond's `Code`.
    package let code: String?
    /// The message for developers, cut to a length that fits a report.
    package let message: String?
    /// Plaid's `request_id`.
    package let requestID: String?
    /// How long the server asks to be left alone.
    package let retryAfter: Duration?

    package init(
        api: API,
        status: Int,
        type: String? = nil,
        code: String? = nil,
        message: String? = nil,
        requestID: String? = nil,
        retryAfter: Duration? = nil
    ) {
        self.api = api
        self.status = status
        self.type = type
        self.code = code
        self.message = message
        self.requestID = requestID
        self.retryAfter = retryAfter
    }
}
