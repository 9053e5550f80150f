import Domain
import Synchronization

/// What a simulated server has answered.
struct RemoteAnswer<Value: Sendable>: Sendable {
    let reply: RemoteCall<Value>.Reply
    var status: Int?
    /// The server's clock, cut to the second, as a `Date` header gives it.
    var date: Timestamp?
}

/// Where a server puts its answer, and the client finds it when it arrives.
final class AnswerSlot<Value: Sendable>: Sendable {
    private let held = Mutex<RemoteAnswer<Value>?>(nil)

    var answer: RemoteAnswer<Value>? { held.withLock { $0 } }

    func put(_ answer: RemoteAnswer<Value>) {
        held.withLock { $0 = answer }
    }
}

extension RemoteAnswer {
    /// The kind of the answer, for the trace.
    var short: String {
        switch reply {
        case .success: "ok"
        case .refusal(let refusal): "\(refusal.status) \(refusal.code ?? "")"
        case .unusable: "unusable"
        case .neverSent: "never sent"
        case .lost: "lost"
        }
    }
}
