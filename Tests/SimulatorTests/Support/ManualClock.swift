import FoundationEssentials
import Synchronization

/// A clock that moves only when told to; it starts at 2024-03-01 10:00:00.123456 UTC.
final class ManualClock: Sendable {
    private let date = Mutex(Date(timeIntervalSince1970: 1_709_287_200.123456))

    var now: Date { date.withLock { $0 } }

    func advance(by seconds: Double) {
        date.withLock { $0 += seconds }
    }
}
