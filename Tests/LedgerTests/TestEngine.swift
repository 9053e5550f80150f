import RunSupport
import TestSupport
import Testing

/// What keeps the ledger of a test.
enum TestEngine: Sendable {
    case sqlite
    case postgresql

    /// The one that the running test is about.
    @TaskLocal static var current = TestEngine.sqlite

    /// Where a new ledger of the engine is.
    func makePath(in folder: ScratchFolder) throws -> String {
        switch self {
        case .sqlite: folder.file("relink.sqlite")
        case .postgresql: try #require(PostgreSQLServer.shared).makeSchema()
        }
    }
}

/// Passes a test once for each engine that can be had here.
struct EveryEngine: TestTrait, SuiteTrait, TestScoping {
    let isRecursive = true

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await function()
        guard PostgreSQLServer.shared != nil else { return }
        try await TestEngine.$current.withValue(.postgresql) { try await function() }
    }
}

extension Trait where Self == EveryEngine {
    /// Passes a test once for each engine that can be had here.
    static var everyEngine: Self { EveryEngine() }
}
