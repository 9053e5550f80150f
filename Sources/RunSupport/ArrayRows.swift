package import Domain

/// An input that is an array, handed out in batches.
package struct ArrayRows: RowSource {
    /// What reading throws after the last batch, if anything.
    package struct Broken: Error, Equatable {
        package init() {}
    }

    private var batches: [RowBatch]
    private let breaks: Bool

    package init(_ rows: [InputRow], batch: Int = 100, breaks: Bool = false) {
        batches = stride(from: 0, to: rows.count, by: batch).map { start in
            RowBatch(rows: Array(rows[start..<min(start + batch, rows.count)]))
        }
        self.breaks = breaks
    }

    package init(batches: [RowBatch]) {
        self.batches = batches
        breaks = false
    }

    package mutating func next() async throws -> RowBatch? {
        if batches.isEmpty, breaks { throw Broken() }
        return batches.isEmpty ? nil : batches.removeFirst()
    }
}
