import Synchronization

/// How much of the input has been read, and from that how many rows it has.
final class InputMeter: Sendable {
    private struct State {
        var bytes = 0
        /// Bytes of all files; nothing once there is an input whose size nobody knows.
        var size: Int? = 0
        var rows = 0
        var isAtEnd = false
    }

    private let state = Mutex(State())

    /// Takes note of an input of so many bytes; nothing means that nobody knows.
    func expect(bytes: Int?) {
        state.withLock { state in
            if let bytes, let size = state.size { state.size = size + bytes } else { state.size = nil }
        }
    }

    func note(bytes: Int) {
        state.withLock { $0.bytes += bytes }
    }

    func note(rows: Int) {
        state.withLock { $0.rows += rows }
    }

    func noteEnd() {
        state.withLock { $0.isAtEnd = true }
    }

    /// Whether all inputs are files.
    var knowsSize: Bool { state.withLock { $0.size != nil } }

    /// The rows of the whole input, by what those read so far took; nothing while that cannot be told.
    var total: (rows: Int, isExact: Bool)? {
        state.withLock { state in
            if state.isAtEnd { return (state.rows, true) }
            guard let size = state.size, state.bytes > 0, state.rows > 0 else { return nil }
            let share = max(1, Double(size) / Double(state.bytes))
            return (Int((Double(state.rows) * share).rounded()), false)
        }
    }
}
