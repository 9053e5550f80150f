import Synchronization

/// What happened in a simulation, in order: calls, answers, commits, moves of the clock; and what must not have.
final class Trace: Sendable {
    private struct State {
        var lines: [String] = []
        var fault: String?
        var tail: [String] = []
    }

    private static let tailLength = 30

    private let state = Mutex(State())
    /// Everything so far, a line each.
    var lines: [String] { state.withLock { $0.lines } }

    /// The first thing that must not have happened.
    var fault: String? { state.withLock { $0.fault } }

    /// What came right before the fault.
    var tail: [String] { state.withLock { $0.tail } }

    /// Adds a line.
    func note(_ line: String) {
        state.withLock { $0.lines.append(line) }
    }

    /// Takes note of something that must not have happened; the first one counts.
    func fail(_ what: String) {
        state.withLock { state in
            state.lines.append("FAULT " + what)
            guard state.fault == nil else { return }
            state.fault = "step \(state.lines.count): \(what)"
            state.tail = state.lines.suffix(Self.tailLength)
        }
    }
}
