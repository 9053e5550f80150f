/// Does some work for each item, for so many at a time, and hands out each result as it comes.
func inLanes<Item: Sendable, Result: Sendable>(
    _ lanes: Int,
    _ items: [Item],
    _ work: @escaping @Sendable (Item) async throws -> Result,
    each: (Result) throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Result.self) { group in
        for (number, item) in items.enumerated() {
            if number >= lanes, let result = try await group.next() { try each(result) }
            group.addTask { try await work(item) }
        }
        for try await result in group { try each(result) }
    }
}
