import Domain
import Synchronization

/// The life of one simulated process: it may die or be stopped at any of its steps.
///
/// A dead process does nothing more: its ledger and its lines are cut, and its tasks only find their way out.
final class Life: Sendable {
    /// How a life ends.
    enum Fate: Sendable, Equatable {
        case ends
        /// The process dies at this step.
        case dies(step: Int)
        /// A signal comes at this step.
        case isStopped(step: Int)
        /// From this step on nothing can be written any more.
        case losesDisk(step: Int)
    }

    /// Thrown to whoever asks anything of a process that is dead.
    struct Dead: Error {}

    /// Thrown to whoever writes when the disk is gone.
    struct DiskGone: Error {}

    private enum Course {
        case goesOn
        case dead
        case stopped
        case over
    }

    private struct State {
        var steps = 0
        var course = Course.goesOn
        var hasDisk = true
        var watcher: CheckedContinuation<Void, Never>?
    }

    private let fate: Fate
    private let clock: SimulatedClock
    private let trace: Trace
    private let state = Mutex(State())

    init(_ fate: Fate, clock: SimulatedClock, trace: Trace) {
        self.fate = fate
        self.clock = clock
        self.trace = trace
    }

    var isDead: Bool { state.withLock { $0.course == .dead } }

    var hasDisk: Bool { state.withLock { $0.hasDisk } }

    /// How many steps have been taken.
    var steps: Int { state.withLock { $0.steps } }

    /// Takes a step, which may be the last.
    ///
    /// - Throws: `Dead`.
    func step() throws {
        let number = state.withLock { state in
            state.steps += 1
            return state.steps
        }
        switch fate {
        case .dies(let last) where last == number: change(to: .dead, "the process dies")
        case .isStopped(let last) where last == number: change(to: .stopped, "a signal")
        case .losesDisk(let last) where last == number:
            trace.note("the disk is gone")
            state.withLock { $0.hasDisk = false }
        default: break
        }
        if isDead { throw Dead() }
    }

    /// Sleeps, unless the process is dead.
    func sleep(_ duration: Duration) async throws {
        if isDead { throw CancellationError() }
        try await clock.sleep(duration)
    }

    /// Waits for the end, and gives the signal that is to stop the run: none where it has ended by itself.
    func end() async -> RunStop? {
        await withCheckedContinuation { watcher in
            let isOver = state.withLock { state in
                guard state.course == .goesOn else { return true }
                state.watcher = watcher
                return false
            }
            if isOver { watcher.resume() }
        }
        return switch state.withLock({ $0.course }) {
        case .dead: .interrupted(signal: 9)
        case .stopped: .interrupted(signal: 15)
        case .goesOn, .over: nil
        }
    }

    /// The run has ended.
    func finish() {
        change(to: .over, nil)
    }

    private func change(to course: Course, _ what: String?) {
        let watcher: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard state.course != .dead else { return nil }
            state.course = course
            defer { state.watcher = nil }
            return state.watcher
        }
        if let what { trace.note(what) }
        watcher?.resume()
        if course == .dead { clock.cancelSleepers() }
    }
}
