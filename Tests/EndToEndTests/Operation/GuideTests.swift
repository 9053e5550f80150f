import Domain
import Foundation
import Testing

/// What the guides say is what the program says.
@Suite("The guides", .timeLimit(.minutes(5)))
struct GuideTests {
    private static let catalogue = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../Sources/Commands/Documentation.docc")

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.catalogue.appendingPathComponent(name), encoding: .utf8)
    }

    @Test("have every answer of both APIs, as relink errors prints it")
    func answers() async throws {
        let guide = Set(try text("Outcomes.md").split(separator: "\n"))
        let table = try await Tool(try Scratch()).run("errors", "--format", "markdown").output
        for line in table.split(separator: "\n") { #expect(guide.contains(line)) }
    }

    @Test("have every state, every action and every reason for which a row is invalid")
    func words() throws {
        let outcomes = try text("Outcomes.md")
        for state in RowState.allCases { #expect(outcomes.contains("| `\(state.rawValue)` |"), "\(state)") }
        for action in RowAction.allCases { #expect(outcomes.contains("| `\(action.rawValue)` |"), "\(action)") }
        let input = try text("PreparingInput.md")
        for reason in InvalidRow.Reason.allCases { #expect(input.contains("`\(reason.rawValue)`"), "\(reason)") }
    }

    @Test("have every event of the log")
    func events() throws {
        let steering = try text("Steering.md")
        for event in ["run_started", "progress", "row", "reconcile", "stopping", "run_finished"] {
            #expect(steering.contains("`\(event)`"))
        }
    }
}
