import Domain
import Synchronization

/// The owners that this worker has claimed, and for the sake of which rows.
///
/// A claim that no row needs any more is given back with the next commit, whatever that is about.
final class ClaimBook: Sendable {
    private struct State {
        var rows: [Owner: Set<Link.ID>] = [:]
        var idle: Set<Owner> = []
        /// Those of them that the transaction that is on its way gives back.
        var releasing: Set<Owner> = []
    }

    private let state = Mutex(State())

    /// Stands for an owner that is claimed for no row's sake, but to have its doubts settled.
    static let wholeOwner: Link.ID = 0

    /// Takes note that a row needs its owner's claim; the same again changes nothing.
    func hold(_ link: Link.ID, of owner: Owner) {
        state.withLock { state in
            state.rows[owner, default: []].insert(link)
            state.idle.remove(owner)
        }
    }

    /// Takes note that a row needs it no more.
    func release(_ link: Link.ID, of owner: Owner) {
        state.withLock { state in
            guard state.rows[owner]?.remove(link) != nil, state.rows[owner]?.isEmpty ?? false else { return }
            state.rows[owner] = nil
            state.idle.insert(owner)
        }
    }

    func isHeld(_ owner: Owner) -> Bool {
        state.withLock { $0.rows[owner] != nil }
    }

    /// The owners whose claims nobody needs any more; until `confirmRelease` they are the ones that are given back.
    var idle: Set<Owner> {
        state.withLock { state in
            state.releasing = state.idle
            return state.idle
        }
    }

    /// Takes note that those claims have been given back.
    func confirmRelease() {
        state.withLock { state in
            state.idle.subtract(state.releasing)
            state.releasing = []
        }
    }
}
