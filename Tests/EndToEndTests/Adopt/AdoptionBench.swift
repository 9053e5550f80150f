import Foundation
import Simulator
import Testing

/// Links that a script made at Bond, and the file it kept of them; there is no ledger yet.
struct AdoptionBench: Sendable {
    static let options = ["--bond-rate", "unlimited", "--settle", "200ms"]

    let tool: Tool
    let world: World
    let sheet: Sheet
    /// The script's links, in the order of the sheet's rows.
    let links: [String]

    /// Runs `body` where `count` rows have been linked by a script, in `links.csv`; `rows.csv` is the input of runs.
    static func with(
        _ count: Int = 3,
        customers: Int? = nil,
        _ configuration: SimulatorConfiguration = SimulatorConfiguration(),
        _ body: @Sendable (AdoptionBench) async throws -> Void
    ) async throws {
        var configuration = configuration
        (configuration.behaviour.plaidLimit, configuration.behaviour.bondLimit) = (nil, nil)
        try await withSimulator(configuration) { address in
            let sheet = Sheet(count, customers: customers)
            let world = address.world
            let made = try sheet.rows.map {
                try world.plant(owner: $0.customer, accountID: $0.account, created: Date() - 86_400).id
            }
            let tool = Tool(try Scratch(), url: address.url)
            let bench = AdoptionBench(tool: tool, world: world, sheet: sheet, links: made)
            try tool.folder.write(sheet.csv, to: "rows.csv")
            try tool.folder.write(bench.csv(), to: "links.csv")
            try await body(bench)
        }
    }

    /// The script's file, without the first lines if so wanted.
    func csv(from first: Int = 0) -> String {
        "customer_id,account_id,linked_account_id,reference\n"
            + sheet.rows.indices.dropFirst(first).map { at in
                "\(sheet.rows[at].customer),\(sheet.rows[at].account),\(links[at]),\(sheet.rows[at].reference)\n"
            }.joined()
    }

    /// Runs `relink adopt`.
    func adopt(_ arguments: [String] = ["links.csv"], fault: String? = nil, input: String? = nil) async throws
        -> Tool.Outcome
    {
        var tool = tool
        if let fault { tool.environment.merge(try Shim.environment(fault: fault)) { _, new in new } }
        return try await tool.start(["adopt"] + arguments + Self.options, input: input).end()
    }

    /// Runs `relink run` over the same rows.
    func run() async throws -> Tool.Outcome {
        let rates = ["--plaid-rate", "unlimited", "--json"]
        return try await tool.start(["run", "rows.csv"] + rates + Self.options).end()
    }

    /// Reads the ledger.
    func strings(_ sql: String) throws -> [String] {
        try LedgerProbe(tool.folder).strings(sql)
    }
}

extension Tool.Outcome {
    /// How many calls to Bond left, by the document.
    var sent: Int? { ((try? json()["calls"]) as? [String: [String: Int]])?["bond"]?["sent"] }
}
