import Domain
import Synchronization

/// Rows of this worker's input that other workers have in hand: they are looked at again until they are done with, or free.
final class Elsewhere: Sendable {
    /// Rows that are kept before the input has to wait for others to get on: their access tokens are in memory.
    static let limit = 4_096

    /// Rows that are looked at again at a time: their owners are this worker's until they are done with.
    static let piece = 512

    private let items = Mutex<[WorkItem]>([])

    func keep(_ item: WorkItem) {
        items.withLock { $0.append(item) }
    }

    var count: Int { items.withLock { $0.count } }

    /// Hands out the rows that came first.
    func take(_ most: Int = .max) -> [WorkItem] {
        items.withLock { items in
            let first = Array(items.prefix(most))
            items.removeFirst(first.count)
            return first
        }
    }
}
