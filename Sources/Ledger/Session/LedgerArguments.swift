/// The values of a statement, by place (`?`) or by name (`:name`).
package enum LedgerArguments: Sendable, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    case places([any LedgerValueConvertible])
    case names([String: any LedgerValueConvertible])

    package init(arrayLiteral elements: any LedgerValueConvertible...) {
        self = .places(elements)
    }

    package init(dictionaryLiteral elements: (String, any LedgerValueConvertible)...) {
        self = .names(Dictionary(elements, uniquingKeysWith: { $1 }))
    }

    /// The values by place; by name they come in the order of `names`, null where there is none of the name.
    func values(of names: @autoclosure () -> [String]) -> [any LedgerValueConvertible] {
        switch self {
        case .places(let values): values
        case .names(let values): names().map { values[$0] ?? Int64?.none }
        }
    }

    /// The named values of both, the right one's where both have one; places make nothing of it.
    static func + (left: Self, right: Self) -> Self {
        guard case .names(let first) = left, case .names(let second) = right else { return left }
        return .names(first.merging(second) { $1 })
    }
}
