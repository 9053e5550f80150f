import Reports
import Synchronization

/// What a run's progress was through the last minute.
final class ProgressTrend: Sendable {
    private static let span = Duration.seconds(60)

    private let past = Mutex<[RunProgress]>([])

    /// Keeps what is now, and gives what was a minute ago or when the run began.
    func note(_ now: RunProgress) -> RunProgress {
        past.withLock { past in
            if past.isEmpty { past.append(RunProgress(elapsed: .zero)) }
            while past.count > 1, now.elapsed - past[1].elapsed >= Self.span { past.removeFirst() }
            if let newest = past.last, now.elapsed - newest.elapsed >= .seconds(1) { past.append(now) }
            return past[0]
        }
    }
}
