import Domain
import Synchronization

/// One row of an owner at a time: so that a link in Bond's list can be told to belong to one POST.
final class Lanes: Sendable {
    private struct State {
        var waiting: [Owner: [CheckedContinuation<Void, Never>]] = [:]
        var blocked: Set<Owner> = []
        /// Rows that were started and have not come to their lane yet.
        var underWay: [Owner: Int] = [:]

        /// Takes the owner's lane, where it is free.
        mutating func take(_ owner: Owner) -> Bool {
            if waiting[owner] != nil { return false }
            waiting[owner] = []
            return true
        }

        mutating func arrive(_ owner: Owner) {
            let rest = (underWay[owner] ?? 0) - 1
            underWay[owner] = rest > 0 ? rest : nil
        }
    }

    private let state = Mutex(State())

    /// Waits until no other row of the owner is in work; every `enter` needs its `leave`.
    ///
    /// - Returns: Whether the row may go on: not while the owner has a row in doubt.
    func enter(_ owner: Owner) async -> Bool {
        let isTaken = state.withLock { state in
            state.arrive(owner)
            return state.take(owner)
        }
        if !isTaken { await wait(for: owner) }
        return !isBlocked(owner)
    }

    /// Lets the owner's next row go.
    func leave(_ owner: Owner) {
        let next = state.withLock { state in
            if state.waiting[owner]?.isEmpty ?? true {
                state.waiting[owner] = nil
                return CheckedContinuation<Void, Never>?.none
            }
            return state.waiting[owner]?.removeFirst()
        }
        next?.resume()
    }

    /// Takes note of a row that is started now: it counts in the queue although its task may run only later.
    func expect(_ owner: Owner) {
        state.withLock { $0.underWay[owner, default: 0] += 1 }
    }

    /// How many rows of the owner wait for their turn, or are about to.
    func queue(of owner: Owner) -> Int {
        state.withLock { ($0.waiting[owner]?.count ?? 0) + ($0.underWay[owner] ?? 0) }
    }

    /// Holds back the owner's rows until `unblock`.
    func block(_ owner: Owner) {
        state.withLock { _ = $0.blocked.insert(owner) }
    }

    /// Lets the owner's rows go on.
    func unblock(_ owner: Owner) {
        state.withLock { _ = $0.blocked.remove(owner) }
    }

    /// Lets all owners' rows go on but those of these.
    func unblock(allBut owners: Set<Owner>) {
        state.withLock { $0.blocked.formIntersection(owners) }
    }

    /// Whether the rows of all of these owners are held back.
    func areBlocked(_ owners: [Owner]) -> Bool {
        state.withLock { state in owners.allSatisfy { state.blocked.contains($0) } }
    }

    func isBlocked(_ owner: Owner) -> Bool {
        state.withLock { $0.blocked.contains(owner) }
    }

    private func wait(for owner: Owner) async {
        await withCheckedContinuation { waiter in
            // The lane may have come free since.
            let isTaken = state.withLock { state in
                if state.take(owner) { return true }
                state.waiting[owner, default: []].append(waiter)
                return false
            }
            if isTaken { waiter.resume() }
        }
    }
}
