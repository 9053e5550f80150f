import Synchronization

extension CallGate {
    /// Runs `body` while the gate shares its climate with other workers; afterwards no call leaves any more.
    ///
    /// It tells them of its answers, hears of theirs, and draws send times. A gate that shares with nobody just runs `body`.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws. What keeps the gate from sharing is thrown to the calls that wait at it.
    package func keeping<Result>(_ body: () async throws -> Result) async throws -> Result {
        guard let shared else { return try await body() }
        state.withLock { $0.beginSharing() }
        defer { state.withLock { $0.fail(Closed()) } }
        let result = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.keep(shared) }
            defer { group.cancelAll() }
            return try await body()
        }
        // What the last answers told is for whoever comes after.
        if state.withLock({ $0.share?.hasNews == true && $0.share?.failure == nil }) {
            try? await exchange(shared)
        }
        return result
    }

    /// Wakes who exchanges with other workers, if there is something for it to do.
    func ringIfCalled() {
        guard shared != nil, state.withLock({ $0.takeCall() }) else { return }
        bell.wake()
    }

    private func keep(_ shared: any SharedClimate) async {
        while !Task.isCancelled {
            // Read before the state: what comes up from here on ends the wait.
            let wakes = bell.wakes
            let now = clock.uptime()
            guard let pause = state.withLock({ $0.exchangePause(at: now) }) else { return }
            do {
                if pause > .zero { try await bell.sleep(pause, since: wakes) } else { try await exchange(shared) }
            } catch is CancellationError {
                return
            } catch {
                state.withLock { $0.fail(error) }
                sleepers.wake()
            }
        }
    }

    private func exchange(_ shared: any SharedClimate) async throws {
        let asked = clock.uptime()
        guard let draw = state.withLock({ $0.draw(at: asked) }) else { return }
        let outcome = try await shared.exchange { [clock] climate, time in
            draw.carryOut(on: &climate, time, answered: clock.uptime())
        }
        let now = clock.uptime()
        let waiter = state.withLock { $0.adopt(outcome, of: draw, at: now) }
        waiter?.resume()
        sleepers.wake()
    }
}
