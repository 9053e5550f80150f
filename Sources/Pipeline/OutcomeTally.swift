/// Counts what the lines of an input come to, those that are worked on at the same time as well as those that need none.
struct OutcomeTally<Outcome: Hashable & Sendable> {
    private(set) var counts: [Outcome: Int] = [:]
    private var underWay = 0

    /// Works through an input, and waits for all that was started, whatever ends it.
    ///
    /// - Parameter body: Starts the work in the group, and counts what needs none.
    /// - Returns: How many lines came to what.
    /// - Throws: What `body` throws, once all that was started has come to its end.
    static func gathering(
        _ body: (inout OutcomeTally, inout TaskGroup<Outcome>) async throws -> Void
    ) async throws -> [Outcome: Int] {
        var tally = OutcomeTally()
        var failure: (any Error)?
        await withTaskGroup(of: Outcome.self) { group in
            do {
                try await body(&tally, &group)
            } catch {
                failure = error
            }
            await tally.finish(&group)
        }
        if let failure { throw failure }
        return tally.counts
    }

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

    private mutating func finish(_ group: inout TaskGroup<Outcome>) async {
        for await outcome in group { count(outcome) }
        underWay = 0
    }
}
