package import Domain

/// Removes a list of links, some owners at a time.
package struct RemovalWindow: Sendable {
    /// What is told while it goes on.
    package enum Event: Sendable {
        case result(RemovalResult)
        case invalid(InvalidRow)
    }

    /// The most links of one owner that are removed together.
    private static let groupSize = 50

    private let remover: Remover
    private let control: RunControl
    private let width: Int

    /// Prepares the window.
    ///
    /// - Parameters:
    ///   - remover: Removes one owner's links.
    ///   - control: Says whether the command goes on.
    ///   - width: Owners at a time.
    package init(remover: Remover, control: RunControl, width: Int) {
        self.remover = remover
        self.control = control
        self.width = max(1, width)
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
                for orders in batch.groups(of: Self.groupSize) {
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
