import Domain
import Synchronization

/// Keeps refusals back until the first success shows that they are about the Items, and not about the set-up.
final class HeldRefusals: Sendable {
    /// A refusal that may say something about an Item.
    struct Entry: Sendable {
        let item: Item.ID
        let refusal: Refusal
        let requestID: String?
    }

    /// What is to be done about one more.
    enum Verdict: Sendable {
        /// A success has been seen: it counts.
        case confirmed
        case held
        /// As many without a success are about the set-up.
        case tooMany
    }

    private static let limit = 5
    private let state = Mutex((entries: [Entry](), hasSucceeded: false))

    /// Takes a refusal.
    func hold(_ entry: Entry) -> Verdict {
        state.withLock { state in
            if state.hasSucceeded { return .confirmed }
            state.entries.append(entry)
            return state.entries.count >= Self.limit ? .tooMany : .held
        }
    }

    /// Gives out what was held, after a success or at the end; from then on nothing is held any more.
    func release() -> [Entry] {
        state.withLock { state in
            defer { state = ([], true) }
            return state.entries
        }
    }
}
