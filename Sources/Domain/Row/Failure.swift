/// Why a row is not linked, in the words of whoever said so.
package struct Failure: Sendable, Equatable {
    /// Who said it; the raw value is the report's `error_source`.
    package enum Source: String, Sendable, Hashable, CaseIterable {
        case plaid
        case bond
        case network
        case input
    }

    package let source: Source
    package let type: String?
    package let code: String
    package let message: String?
    /// Plaid's `request_id`, for a support ticket.
    package let requestID: String?

    package init(source: Source, type: String? = nil, code: String, message: String? = nil, requestID: String? = nil) {
        self.source = source
        self.type = type
        self.code = code
        self.message = message
        self.requestID = requestID
    }
}

extension Failure {
    /// The failure a refusal stands for; `code` replaces the remote one where the answer table has a better name.
    package init(_ refusal: Refusal, code: String? = nil) {
        self.init(
            source: refusal.api == .plaid ? .plaid : .bond,
            type: refusal.type,
            code: code ?? refusal.code ?? "http_\(refusal.status)",
            message: refusal.message,
            requestID: refusal.requestID
        )
    }
}

/// Where a row comes to rest: its state, what to do, and why.
package struct Settlement: Sendable, Equatable {
    package let state: RowState
    package let action: RowAction
    package let failure: Failure
    /// In how many runs in a row the answer was one nobody has documented.
    package let unknownRuns: Int

    package init(state: RowState, action: RowAction, failure: Failure, unknownRuns: Int = 0) {
        self.state = state
        self.action = action
        self.failure = failure
        self.unknownRuns = unknownRuns
    }
}
