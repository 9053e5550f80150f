import Foundation
import Synchronization

/// Tells how much of the time the machine withheld from a process that wanted to be on time.
///
/// Where that is much, a rate below its bar may be the machine's doing.
final class Metronome: Sendable {
    private static let beat = 0.01

    private struct State {
        var first: Date?
        var last = Date.distantPast
        var late = 0.0
    }

    private let state = Mutex(State())

    /// The share of the time, in percent, by which beats came late.
    var lateness: Double {
        state.withLock { state in
            guard let first = state.first, state.last > first else { return 0 }
            return 100 * state.late / state.last.timeIntervalSince(first)
        }
    }

    /// Beats until it is over.
    func run(until isOver: Flag) async throws {
        try await eventually(every: .seconds(Self.beat)) {
            self.note(Date.now)
            return isOver.isSet
        }
    }

    /// A beat came at `now`; it is late by what exceeds twice the time from beat to beat.
    func note(_ now: Date) {
        state.withLock { state in
            if state.first == nil {
                state.first = now
            } else {
                state.late += max(0, now.timeIntervalSince(state.last) - 2 * Self.beat)
            }
            state.last = now
        }
    }
}
