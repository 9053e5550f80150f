import Foundation
import Simulator
import Testing

/// Customers with an old link of Bond's own and a new one that a run has made.
struct CutoverBench: Sendable {
    let accounts: AccountsBench
    /// The old links, in the order of the sheet's rows.
    let old: [String]

    var tool: Tool { accounts.tool }
    var world: World { accounts.world }

    /// Runs `body` with `count` customers; the old links are of the very accounts that are linked anew.
    static func with(
        _ count: Int = 2,
        masks: Bool = true,
        _ configuration: SimulatorConfiguration = SimulatorConfiguration(),
        _ body: @Sendable (CutoverBench) async throws -> Void
    ) async throws {
        var configuration = configuration
        configuration.behaviour.listsMasks = masks
        try await AccountsBench.with(count, configuration) { bench in
            let old = try bench.sheet.rows.map {
                try bench.world.plant(owner: $0.customer, accountID: $0.account, created: Date() - 86_400).id
            }
            try await body(CutoverBench(accounts: bench, old: old))
        }
    }

    /// Runs `relink cutover`.
    func run(_ arguments: [String], fault: String? = nil, input: String? = nil) async throws -> Tool.Outcome {
        try await tool.faulty(fault).start(["cutover"] + arguments + AccountsBench.options, input: input).end()
    }

    /// Makes a plan and approves the lines that `isApproved` takes.
    func approve(_ isApproved: (String) -> Bool = { _ in true }) async throws {
        let made = try await run(["plan", "--output", "plan.csv"])
        #expect([0, 1].contains(made.exitCode), "\(made.errors)")
        let lines = try tool.folder.read("plan.csv").split(separator: "\n", omittingEmptySubsequences: false)
        let approved = lines.map { $0.hasPrefix(",") && isApproved(String($0)) ? "yes" + $0 : String($0) }
        try tool.folder.write(approved.joined(separator: "\n"), to: "plan.csv")
    }

    /// The links that are there still, of those that were there before.
    var oldLeft: [String] {
        let active = Set(world.links.filter { $0.status == "active" }.map(\.id))
        return old.filter(active.contains)
    }
}
