/// Finds what comes most often in a stream, in bounded memory, by the algorithm of Misra and Gries.
///
/// What makes up more than one part in `capacity` of the stream is found for certain; counts may be too small by that
/// part, never too large.
package struct HeavyHitters<Element: Hashable & Sendable>: Sendable {
    private let capacity: Int
    private var counts: [Element: Int] = [:]

    package init(capacity: Int) {
        self.capacity = capacity
    }

    package mutating func note(_ element: Element) {
        if counts[element] != nil || counts.count < capacity {
            counts[element, default: 0] += 1
        } else {
            counts = counts.compactMapValues { $0 > 1 ? $0 - 1 : nil }
        }
    }

    /// The most frequent element that was seen at least so often.
    package func top(atLeast count: Int) -> (element: Element, count: Int)? {
        counts.max { $0.value < $1.value }.flatMap { $0.value >= count ? ($0.key, $0.value) : nil }
    }
}
