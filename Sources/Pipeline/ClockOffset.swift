import Synchronization

/// Bond's clock minus this machine's, from the answer that was shortest on its way.
final class ClockOffset: Sendable {
    private struct Best {
        let offset: Duration
        let latency: Duration
    }

    private let best = Mutex<Best?>(nil)

    /// The best estimate so far.
    var known: Duration? { best.withLock { $0?.offset } }

    /// Takes an estimate in, if it is at least about as good as the one there is; so a drift is followed.
    func learn(_ offset: Duration?, latency: Duration) {
        guard let offset else { return }
        best.withLock { best in
            if let current = best, latency > current.latency * 2 { return }
            best = Best(offset: offset, latency: max(latency, .milliseconds(1)))
        }
    }
}
