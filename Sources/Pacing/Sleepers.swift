/// Lets many tasks wait, and wakes them all when there is nothing left to wait for.
package actor Sleepers {
    private let underlying: PacingClock
    private var naps: [Int: Task<Void, any Error>] = [:]
    private var next = 0
    private var isClosed = false

    /// Makes sleepers that go by `clock`.
    package init(_ clock: PacingClock) {
        underlying = clock
    }

    /// The same clock, with waits that end when the sleepers are woken.
    package nonisolated var clock: PacingClock {
        PacingClock(uptime: underlying.uptime, sleep: { try await self.sleep($0) })
    }

    /// Wakes everybody; from now on nobody waits any more, and every wait throws `CancellationError`.
    package func close() {
        isClosed = true
        for nap in naps.values { nap.cancel() }
    }

    private func sleep(_ duration: Duration) async throws {
        if isClosed { throw CancellationError() }
        let nap = Task { [underlying] in try await underlying.sleep(duration) }
        let number = next
        next += 1
        naps[number] = nap
        defer { naps[number] = nil }
        try await withTaskCancellationHandler {
            try await nap.value
        } onCancel: {
            nap.cancel()
        }
    }
}
