import Domain

/// What an answer to a DELETE asks for.
enum RemovalAnswer: Sendable, Equatable {
    /// Bond took it: its list has the last word.
    case accepted
    /// Bond knows no such link, or none any more: its list tells whether that is so.
    case missing(Failure)
    /// Bond may or may not have acted: its list tells. `mayRepeat`: another try may bring another answer.
    case unknown(Failure, mayRepeat: Bool)
    /// Bond did not act, and would not at the next try.
    case refused(Failure)
    /// It is about the set-up: all others would meet the same.
    case stop(Failure)
    /// Bond is over its limit, and did not act.
    case overLimit
    /// Nothing was sent.
    case neverSent(Failure)

    /// Reads an answer.
    init(_ call: RemoteCall<Void>) {
        switch call.reply {
        case .success: self = .accepted
        case .lost(let why): self = .unknown(.network("no_answer", why), mayRepeat: true)
        case .unusable(_, let why): self = .unknown(.network("unusable_answer", why), mayRepeat: true)
        case .neverSent(let why): self = .neverSent(.network("no_connection", why))
        case .refusal(let refusal): self.init(refusal)
        }
    }

    private init(_ refusal: Refusal) {
        let failure = Failure(refusal)
        switch (refusal.status, refusal.code?.lowercased() ?? "") {
        case (429, _): self = .overLimit
        case (300...399, _), (401, _), (403, _), (_, "auth_err"), (_, "unknown_customer_auth"): self = .stop(failure)
        case (404, _), (410, _), (_, "linked_dne"), (_, "linked_closed"), (_, "account_dne"), (_, "acc_dne"):
            self = .missing(failure)
        case (424, _), (_, "service_disabled"): self = .unknown(failure, mayRepeat: false)
        // Bond asks for a word with its support: another try would be no better.
        case (500..., _) where refusal.type?.lowercased() == "process error":
            self = .unknown(failure, mayRepeat: false)
        case (408, _), (500..., _), (_, "server_error"), (_, "unknown_delete_account"):
            self = .unknown(failure, mayRepeat: true)
        default: self = .refused(failure)
        }
    }
}
