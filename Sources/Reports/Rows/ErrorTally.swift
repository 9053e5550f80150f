import Domain

/// Counts errors by source and code while rows stream by, in bounded memory.
struct ErrorTally: Sendable {
    /// How many different errors are told apart; what comes after them is not counted.
    static let capacity = 1_000

    private struct Key: Hashable {
        let source: Failure.Source
        let code: String
    }

    private var counts: [Key: ErrorCount] = [:]
    /// Whether there were more different errors than are told apart.
    private(set) var isFull = false

    /// Takes in a row's failure.
    mutating func note(_ failure: Failure, action: RowAction) {
        let key = Key(source: failure.source, code: failure.code)
        if counts[key] == nil, counts.count == Self.capacity {
            isFull = true
        } else {
            counts[key, default: ErrorCount(failure, action: action, count: 0)].count += 1
        }
    }

    /// How many different errors are told apart.
    var kinds: Int { counts.count }

    /// The most frequent errors, the most frequent first, equals by source and code.
    func top(_ limit: Int) -> [ErrorCount] {
        Array(counts.values.sorted(by: Self.comesFirst).prefix(limit))
    }

    private static func comesFirst(_ left: ErrorCount, _ right: ErrorCount) -> Bool {
        if left.count != right.count { return left.count > right.count }
        return (left.failure.source.rawValue, left.failure.code) < (right.failure.source.rawValue, right.failure.code)
    }
}
