/// Counts what the lines of an input come to, those that are worked on at the same time as well as those that need none.
struct OutcomeTally<Outcome: Hashable & Sendable> {
    private(set) var counts: [Outcome: Int] = [:]
    private var underWay = 0

    /// Counts lines that came to something at once.
    mutating func count(_ outcome: Outcome, lines: Int = 1) {
        counts[outcome, default: 0] += lines
    }

    /// Starts work on a line, once there is room for it.
    mutating func start(
        in group: inout TaskGroup<Outcome>,
        atMost width: Int,
        _ work: @escaping @Sendable () async -> Outcome
    ) async {
        if underWay >= width, let outcome = await group.next() {
            count(outcome)
            underWay -= 1
        }
        group.addTask { await work() }
        underWay += 1
    }

    /// Waits for all that is under way.
    mutating func finish(_ group: inout TaskGroup<Outcome>) async {
        for await outcome in group { count(outcome) }
        underWay = 0
    }
}
