package import Domain

/// Removes a list of links, some owners at a time.
package struct RemovalWindow: Sendable {
    /// What is told while it goes on.
    package enum Event: Sendable {
        case result(RemovalResult)
        case invalid(InvalidRow)
        /// So many lines name a link that is not to go.
        case unapproved(Int)
    }

    private let remover: Remover
    private let control: RunControl
    private let width: Int
    private let groupSize: Int

    /// Prepares the window.
    ///
    /// - Parameters:
    ///   - remover: Removes one owner's links.
    ///   - control: Says whether the command goes on.
    ///   - width: Owners at a time.
    ///   - groupSize: The most links of one owner that are removed by one list; 1 has each looked at anew before it goes.
    package init(remover: Remover, control: RunControl, width: Int, groupSize: Int = 50) {
        self.remover = remover
        self.control = control
        self.width = max(1, width)
        self.groupSize = groupSize
    }

    /// Removes what `source` gives, and tells what became of each link as soon as it is known.
    ///
    /// After a stop nothing more is read.
    ///
    /// - Throws: What `source` and `report` throw, once all that was started has come to its end.
    package func perform<Source: RemovalSource>(
        _ source: Source,
        _ report: (Event) throws -> Void
    ) async throws {
        var source = source
        try await withThrowingTaskGroup(of: [RemovalResult].self) { group in
            var underWay = 0
            while control.isGoing, let batch = try await source.next() {
                for row in batch.invalid { try report(.invalid(row)) }
                if batch.unapproved > 0 { try report(.unapproved(batch.unapproved)) }
                for orders in batch.groups(of: groupSize) {
                    if underWay == width {
                        for result in try await group.next() ?? [] { try report(.result(result)) }
                        underWay -= 1
                    }
                    group.addTask { await remover.remove(orders) }
                    underWay += 1
                }
            }
            for try await results in group { for result in results { try report(.result(result)) } }
        }
    }
}

/// Links that were named one by one.
package struct NamedRemovals: RemovalSource {
    private var batch: RemovalBatch?

    /// Takes the orders.
    package init(_ orders: [RemovalOrder]) {
        batch = RemovalBatch(orders: orders)
    }

    package mutating func next() async throws -> RemovalBatch? {
        defer { batch = nil }
        return batch
    }
}
