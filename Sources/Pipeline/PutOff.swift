import Domain
import Synchronization

/// Rows that are tried at the end of the run: they need a user, stopped an earlier run, or wait for a doubt to settle.
final class PutOff: Sendable {
    private let limit: Int
    private let items = Mutex<[WorkItem]>([])
    private let doubted = Mutex<[Link.ID: WorkItem]>([:])

    init(limit: Int) {
        self.limit = limit
    }

    /// Keeps the row for the end; says no when there is no room.
    func keep(_ item: WorkItem) -> Bool {
        items.withLock { items in
            guard items.count < limit else { return false }
            items.append(item)
            return true
        }
    }

    /// Keeps what posting a row in doubt once more would take.
    func keepDoubted(_ item: WorkItem) {
        doubted.withLock { doubted in
            if doubted.count < limit { doubted[item.link.id] = item }
        }
    }

    /// Hands out the rows kept until now.
    func takeItems() -> [WorkItem] {
        items.withLock { items in
            defer { items = [] }
            return items
        }
    }

    /// Hands out what was kept of a row that is in doubt no more.
    func takeDoubted(_ link: Link.ID) -> WorkItem? {
        doubted.withLock { $0.removeValue(forKey: link) }
    }

    /// The rows whose doubts have not been settled, in the ledger's order.
    var doubtedLinks: [Link.ID] { doubted.withLock { $0.keys.sorted() } }
}
