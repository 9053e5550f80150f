/// The bounded space between two stages: who wants to put something in waits until there is room.
package actor Handoff {
    /// Thrown to those who wait when the hand-off closes, and to all that come later.
    package struct Closed: Error {}

    private var free: Int
    private var waiters: [CheckedContinuation<Void, any Error>] = []
    private var isClosed = false

    /// Makes room for `capacity`, at least one.
    package init(capacity: Int) {
        free = max(1, capacity)
    }

    /// Waits for room and takes it.
    package func take() async throws {
        guard !isClosed else { throw Closed() }
        guard free == 0 else {
            free -= 1
            return
        }
        try await withCheckedThrowingContinuation { waiters.append($0) }
    }

    /// Gives room back; the one who has waited longest gets it.
    package func give() {
        guard !waiters.isEmpty else {
            free += 1
            return
        }
        waiters.removeFirst().resume()
    }

    /// Turns away everybody who waits.
    package func close() {
        isClosed = true
        for waiter in waiters { waiter.resume(throwing: Closed()) }
        waiters = []
    }
}
