import Domain
import Pacing

extension CallGate.Feedback {
    /// Reads what a call's answer says of the API as a whole.
    ///
    /// `isFirst` is whether the call was sent for the first time.
    init<Value>(_ call: RemoteCall<Value>, isFirst: Bool) {
        switch call.reply {
        case .success: self = .served
        case .unusable: self = .refused
        case .lost, .neverSent: self = .failed(isFirst: isFirst, retryAfter: nil)
        case .refusal(let refusal): self = Self.reading(refusal, isFirst: isFirst)
        }
    }

    private static func reading(_ refusal: Refusal, isFirst: Bool) -> Self {
        switch AnswerTable.rule(for: refusal).meaning {
        case .rateLimited: .overLimit(retryAfter: refusal.retryAfter)
        case .maintenance: .away(retryAfter: refusal.retryAfter)
        case .settle(.needsUser, _): .served
        case .transient where refusal.status >= 500 && refusal.code != nil && refusal.retryAfter == nil:
            .faltered(isFirst: isFirst)
        case _ where refusal.status >= 500 || refusal.status == 408:
            .failed(isFirst: isFirst, retryAfter: refusal.retryAfter)
        default: .refused
        }
    }
}
