import Domain
import Pipeline

/// Says once a minute how far a run is.
struct Progress: Sendable {
    let board: RunBoard
    let isQuiet: Bool

    /// Runs `body` and tells meanwhile.
    func telling<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        guard !isQuiet else { return try await body() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await tell() }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private func tell() async throws {
        while true {
            try await Task.sleep(for: .seconds(60))
            Console.tell("\(Surroundings.now()) \(line)")
        }
    }

    private var line: String {
        let rows = board.rows
        let calls = API.allCases.map { api in
            let calls = board.calls[api] ?? RunSummary.Calls()
            return "\(api.rawValue) \(calls.sent) calls, \(calls.rateLimited) refused by its limit"
        }
        return "\(rows.attempted) rows attempted, \(rows.skipped) skipped, \(rows.invalid) invalid; "
            + calls.joined(separator: "; ")
    }
}
