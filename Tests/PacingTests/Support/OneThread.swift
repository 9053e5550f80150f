import Dispatch
import Synchronization
import TestSupport

/// Runs tasks one job at a time, in the order in which they became ready, and moves a clock on when none is.
///
/// So no task is late but by the clock, and everything repeats.
final class OneThread: TaskExecutor {
    private struct State {
        var ready: [UnownedJob] = []
        var isDraining = false
    }

    private let queue = DispatchQueue(label: "one thread")
    private let clock: ManualClock
    private let state = Mutex(State())

    init(moving clock: ManualClock) {
        self.clock = clock
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isAsleep = state.withLock { state in
            state.ready.append(job)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if isAsleep { queue.async { self.drain() } }
    }

    private func drain() {
        while true {
            let jobs = state.withLock { state in
                defer { state.ready = [] }
                return state.ready
            }
            for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            if jobs.isEmpty, !moveOn() { return }
        }
    }

    /// Moves the clock where nobody has anything to do; says whether there is anything to come.
    private func moveOn() -> Bool {
        let isOver = state.withLock { state in
            guard state.ready.isEmpty else { return false }
            state.isDraining = clock.nextDeadline != nil
            return !state.isDraining
        }
        if isOver { return false }
        clock.advanceToNextDeadline()
        return true
    }
}
