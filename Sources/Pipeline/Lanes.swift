import Domain

/// One row of an owner at a time: so that a link in Bond's list can be told to belong to one POST.
actor Lanes {
    private var waiting: [Owner: [CheckedContinuation<Void, Never>]] = [:]
    private var blocked: Set<Owner> = []
    /// Rows that were started and have not come to their lane yet.
    private var underWay: [Owner: Int] = [:]

    /// Waits until no other row of the owner is in work; every `enter` needs its `leave`.
    ///
    /// - Returns: Whether the row may go on: not while the owner has a row in doubt.
    func enter(_ owner: Owner) async -> Bool {
        arrive(owner)
        if waiting[owner] == nil {
            waiting[owner] = []
        } else {
            await withCheckedContinuation { waiting[owner, default: []].append($0) }
        }
        return !blocked.contains(owner)
    }

    /// Lets the owner's next row go.
    func leave(_ owner: Owner) {
        if waiting[owner]?.isEmpty ?? true {
            waiting[owner] = nil
        } else {
            waiting[owner]?.removeFirst().resume()
        }
    }

    /// Takes note of a row that is started now: it counts in the queue although its task may run only later.
    func expect(_ owner: Owner) {
        underWay[owner, default: 0] += 1
    }

    private func arrive(_ owner: Owner) {
        let rest = (underWay[owner] ?? 0) - 1
        underWay[owner] = rest > 0 ? rest : nil
    }

    /// How many rows of the owner wait for their turn, or are about to.
    func queue(of owner: Owner) -> Int {
        (waiting[owner]?.count ?? 0) + (underWay[owner] ?? 0)
    }

    /// Holds back the owner's rows until `unblock`.
    func block(_ owner: Owner) {
        blocked.insert(owner)
    }

    /// Lets the owner's rows go on.
    func unblock(_ owner: Owner) {
        blocked.remove(owner)
    }

    /// Whether the rows of all of these owners are held back.
    func areBlocked(_ owners: [Owner]) -> Bool {
        owners.allSatisfy { blocked.contains($0) }
    }

    func isBlocked(_ owner: Owner) -> Bool {
        blocked.contains(owner)
    }
}
