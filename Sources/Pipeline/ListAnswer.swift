import Domain
import Pacing

/// What an answer to a listing asks for.
///
/// No such answer stops a run: a list that cannot be had leaves a doubt.
enum ListAnswer: Sendable {
    /// The list, or an answer that another try would not better.
    case done(RemoteCall<[BondAccount]>)
    case overLimit(retryAfter: Duration?)
    /// `asked` is for how long Bond wants to be left alone.
    case mayPass(RemoteCall<[BondAccount]>, asked: Duration?)

    /// Reads an answer; Bond's code `query_params` is how it says that the list is empty.
    init(_ call: RemoteCall<[BondAccount]>) {
        switch call.reply {
        case .refusal(let refusal) where refusal.status == 429: self = .overLimit(retryAfter: refusal.retryAfter)
        case .refusal(let refusal) where refusal.code?.lowercased() == "query_params":
            self = .done(
                RemoteCall(
                    reply: .success([]),
                    sentAt: call.sentAt,
                    latency: call.latency,
                    status: call.status,
                    clockOffset: call.clockOffset
                )
            )
        case .refusal(let refusal) where refusal.status >= 500 || refusal.status == 408:
            self = .mayPass(call, asked: refusal.retryAfter)
        case .lost, .neverSent: self = .mayPass(call, asked: nil)
        case .success, .refusal, .unusable: self = .done(call)
        }
    }

    /// What the gate learns of it.
    var feedback: CallGate.Feedback {
        switch self {
        case .done(let call):
            CallGate.Feedback(call, isFirst: true)
        case .overLimit(let retryAfter): .overLimit(retryAfter: retryAfter)
        case .mayPass(_, let asked):
            // One owner's list may fail for good, and the run goes on: only POSTs tell whether Bond is out.
            .failed(isFirst: false, retryAfter: asked)
        }
    }
}
