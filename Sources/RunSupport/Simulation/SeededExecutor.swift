import Dispatch
import Synchronization
import TestSupport

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Runs the tasks of one simulation one job at a time, in an order that follows from a seed.
///
/// The next job is drawn from those that are ready. SQLite works on a queue of its own; what comes back from there
/// waits until no job is ready, so that it matters to nobody how long it took. When no job is ready and nothing is
/// under way outside, the clock moves on.
final class SeededExecutor: TaskExecutor {
    /// How the work on an executor came to its end.
    enum End: Sendable {
        case finished
        /// Everybody waits for somebody, and nobody sleeps.
        case stuck
        /// So many jobs that there is no hope of an end.
        case endless
    }

    fileprivate struct State {
        var random: SeededGenerator
        var ready: [UnownedJob] = []
        var inbox: [UnownedJob] = []
        var drainer: pthread_t?
        var isDraining = false
        var outside = 0
        var jobs = 0
        var isFinished = false
        var done: CheckedContinuation<End, Never>?
    }

    private static let mostJobs = 200_000

    private let queue = DispatchQueue(label: "simulation")
    private let clock: SimulatedClock
    /// Whether jobs run in the order in which they became ready.
    private let isOrderly: Bool
    private let state: Mutex<State>

    /// Makes an executor that draws from `random` and moves `clock`.
    init(random: SeededGenerator, clock: SimulatedClock, isOrderly: Bool) {
        self.clock = clock
        self.isOrderly = isOrderly
        state = Mutex(State(random: random))
    }

    /// How many jobs have run.
    var jobs: Int { state.withLock { $0.jobs } }

    /// Runs `body` and all that it starts.
    func run(_ body: @escaping @Sendable () async -> Void) async -> End {
        await withCheckedContinuation { done in
            state.withLock { $0.done = done }
            // `done` is who awaits it: where everybody is stuck, there must still be somebody to say so.
            Task(executorPreference: self) {
                await body()
                self.state.withLock { $0.isFinished = true }
            }
        }
    }

    /// Runs `body`, which goes to another thread and comes back from there by itself.
    func outside<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        state.withLock { $0.outside += 1 }
        defer { state.withLock { $0.outside -= 1 } }
        return try await body()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isAsleep = state.withLock { state in
            if state.drainer == pthread_self() {
                state.ready.append(job)
                return false
            }
            state.inbox.append(job)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if isAsleep { queue.async { self.drain() } }
    }

    private func drain() {
        state.withLock { $0.drainer = pthread_self() }
        while let job = nextJob() { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    private enum Next {
        case job(UnownedJob)
        case pause
        case idle
        case end(End, CheckedContinuation<End, Never>?)
    }

    private func nextJob() -> UnownedJob? {
        while true {
            switch state.withLock({ next(&$0) }) {
            case .job(let job): return job
            case .pause: return nil
            case .end(let end, let done):
                done?.resume(returning: end)
                return nil
            case .idle:
                if clock.moveOn() { continue }
                let done = state.withLock { $0.stop() }
                done?.resume(returning: .stuck)
                return nil
            }
        }
    }

    private func next(_ state: inout State) -> Next {
        if state.ready.isEmpty { swap(&state.ready, &state.inbox) }
        if !state.ready.isEmpty {
            guard state.jobs < Self.mostJobs else { return .end(.endless, state.stop()) }
            state.jobs += 1
            let place = isOrderly ? 0 : Int.random(in: state.ready.indices, using: &state.random)
            return .job(state.ready.remove(at: place))
        }
        if state.isFinished { return .end(.finished, state.stop()) }
        guard state.outside > 0 else { return .idle }
        state.drainer = nil
        state.isDraining = false
        return .pause
    }
}

extension SeededExecutor.State {
    /// Ends the work; whatever comes from now on is left lying.
    fileprivate mutating func stop() -> CheckedContinuation<SeededExecutor.End, Never>? {
        drainer = nil
        defer { done = nil }
        return done
    }
}
