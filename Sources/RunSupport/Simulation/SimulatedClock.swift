import Domain
import Synchronization

/// The time of a simulation: it stands still while anybody has something to do, and then jumps to what comes next.
final class SimulatedClock: Sendable {
    private struct Sleeper {
        let deadline: Duration
        let id: Int
        let wake: CheckedContinuation<Void, any Error>
    }

    /// Something that happens at the other end of the line, whoever still waits for it.
    private struct Deed {
        let moment: Duration
        let id: Int
        let act: @Sendable () -> Void
    }

    private struct State {
        var elapsed = Duration.zero
        var lastID = 0
        var sleepers: [Sleeper] = []
        var agenda: [Deed] = []

        /// The first thing that is due.
        mutating func takeDeed() -> Deed? {
            let due = agenda.indices.filter { agenda[$0].moment <= elapsed }
            let first = due.min { (agenda[$0].moment, agenda[$0].id) < (agenda[$1].moment, agenda[$1].id) }
            return first.map { agenda.remove(at: $0) }
        }

        /// Everybody whose time has come.
        mutating func takeSleepers() -> [Sleeper] {
            let due = sleepers.filter { $0.deadline <= elapsed }
            if !due.isEmpty { sleepers.removeAll { $0.deadline <= elapsed } }
            return due
        }

        mutating func makeID() -> Int {
            lastID += 1
            return lastID
        }
    }

    private static let start = Timestamp(milliseconds: 1_790_000_000_000)

    private let trace: Trace
    private let state = Mutex(State())

    /// Makes a clock that writes its moves into `trace`.
    init(trace: Trace) {
        self.trace = trace
    }

    /// Time since the clock was made.
    var uptime: Duration { state.withLock { $0.elapsed } }

    /// The time of day.
    var now: Timestamp { Self.start + uptime }

    /// Has `act` done when `delay` has passed.
    func after(_ delay: Duration, _ act: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.agenda.append(Deed(moment: state.elapsed + delay, id: state.makeID(), act: act))
        }
    }

    /// Sleeps until the clock has moved on by `duration`.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled or all sleepers are.
    func sleep(_ duration: Duration) async throws {
        let id = state.withLock { $0.makeID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (wake: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled { return wake.resume(throwing: CancellationError()) }
                guard duration > .zero else { return wake.resume() }
                state.withLock { state in
                    state.sleepers.append(Sleeper(deadline: state.elapsed + duration, id: id, wake: wake))
                }
            }
        } onCancel: {
            wake(id)
        }
    }

    /// Wakes all sleepers with a `CancellationError`.
    func cancelSleepers() {
        let all = state.withLock { state in
            defer { state.sleepers = [] }
            return state.sleepers
        }
        for sleeper in all { sleeper.wake.resume(throwing: CancellationError()) }
    }

    /// Moves to the next moment at which anything happens; says whether there is one.
    func moveOn() -> Bool {
        let next = state.withLock { state in
            [state.sleepers.map(\.deadline).min(), state.agenda.map(\.moment).min()].compactMap(\.self).min()
        }
        guard let next else { return false }
        move(to: next)
        return true
    }

    /// Lets time pass while nobody is at work.
    func advance(by duration: Duration) {
        let end = uptime + duration
        while let next = state.withLock({ $0.agenda.map(\.moment).min() }), next <= end { move(to: next) }
        move(to: end)
    }

    private func move(to moment: Duration) {
        state.withLock { $0.elapsed = max($0.elapsed, moment) }
        trace.note("clock \(moment.wholeMicroseconds)")
        // A deed may have another in its train at the same moment; who waits for what comes of it wakes afterwards.
        while let deed = state.withLock({ $0.takeDeed() }) { deed.act() }
        for sleeper in state.withLock({ $0.takeSleepers() }) { sleeper.wake.resume() }
    }

    private func wake(_ id: Int) {
        let sleeper = state.withLock { state in
            let place = state.sleepers.firstIndex { $0.id == id }
            return place.map { state.sleepers.remove(at: $0) }
        }
        sleeper?.wake.resume(throwing: CancellationError())
    }
}

extension Duration {
    /// The duration in microseconds, what is smaller cut off.
    var wholeMicroseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
