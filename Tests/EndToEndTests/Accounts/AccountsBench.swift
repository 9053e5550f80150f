import Foundation
import Simulator
import Testing

/// A ledger whose rows are all linked, and the simulator that lists their links.
struct AccountsBench: Sendable {
    static let options = ["--bond-rate", "unlimited", "--settle", "200ms"]

    let tool: Tool
    let world: World
    let sheet: Sheet

    /// Runs `body` with `count` linked rows, each of a customer of its own.
    static func with(
        _ count: Int = 1,
        _ configuration: SimulatorConfiguration = SimulatorConfiguration(),
        _ body: @Sendable (AccountsBench) async throws -> Void
    ) async throws {
        var configuration = configuration
        (configuration.behaviour.plaidLimit, configuration.behaviour.bondLimit) = (nil, nil)
        try await withSimulator(configuration) { address in
            let bench = AccountsBench(
                tool: Tool(try Scratch(), url: address.url),
                world: address.world,
                sheet: Sheet(count)
            )
            try bench.tool.folder.write(bench.sheet.csv, to: "in.csv")
            let link = ["run", "in.csv", "--plaid-rate", "unlimited"] + options
            var run = try await bench.tool.start(link).end()
            // On a loaded machine a call may time out, and its row takes one more run.
            for _ in 0..<4 where run.exitCode != 0 { run = try await bench.tool.start(link).end() }
            #expect(run.exitCode == 0, "\(run.errors)")
            try await body(bench)
        }
    }

    /// The customer of a row.
    func customer(_ row: Int = 0) -> String { sheet.rows[row].customer }

    /// The newest link of a row's customer.
    func link(_ row: Int = 0) throws -> String {
        try #require(world.links.last { $0.owner == customer(row) }?.id)
    }

    /// The DELETEs that reached Bond.
    var removals: [CallRecord] { world.calls.filter { $0.operation == .remove } }

    /// Removes a row's link.
    func remove(_ row: Int = 0, _ more: [String] = [], fault: String? = nil) async throws -> Tool.Outcome {
        try await run(["remove", try link(row), "--customer", customer(row), "--yes"] + more, fault: fault)
    }

    /// Runs `relink accounts`.
    func run(_ arguments: [String], fault: String? = nil, input: String? = nil) async throws -> Tool.Outcome {
        try await tool.faulty(fault).start(["accounts"] + arguments + Self.options, input: input).end()
    }

    func strings(_ sql: String) throws -> [String] {
        try LedgerProbe(tool.folder).strings(sql)
    }
}

extension Tool.Outcome {
    /// How many links came to this outcome.
    func links(_ outcome: String) -> Int? { ((try? json()["links"]) as? [String: Int])?[outcome] }
}
