import Foundation
import Simulator
import Testing

/// A run on a bad day, and the good day after it.
///
/// What must hold on both is judged by the simulator: every POST has its intent in the ledger, and in the end every row
/// is linked exactly once.
struct BadDay: Sendable {
    let tool: Tool
    let world: World
    let sheet: Sheet
    static let options = [
        "--plaid-rate", "unlimited", "--bond-rate", "unlimited", "--settle", "100ms", "--timeout", "3s", "--json",
    ]

    /// Runs `body` with `count` rows that nobody has run yet, in `in.csv`.
    ///
    /// Where `proven`, one more row, in `first.csv`, has been linked before: then Bond's list can be believed.
    static func with(
        _ count: Int = 6,
        proven: Bool = true,
        _ configuration: SimulatorConfiguration = SimulatorConfiguration(),
        _ body: @Sendable (BadDay) async throws -> Void
    ) async throws {
        var configuration = configuration
        configuration.behaviour.plaidLimit = nil
        configuration.behaviour.bondLimit = nil
        try await withSimulator(configuration) { address in
            let tool = Tool(try Scratch(), url: address.url)
            let day = BadDay(tool: tool, world: address.world, sheet: Sheet(count + 1))
            var (first, rest) = (day.sheet, day.sheet)
            first.rows.removeLast(count)
            rest.rows.removeFirst()
            try tool.folder.write(first.csv, to: "first.csv")
            try tool.folder.write(proven ? rest.csv : day.sheet.csv, to: "in.csv")
            if proven {
                #expect(try await tool.run("run", "first.csv", "--settle", "100ms").exitCode == 0)
                // A link that Bond has had no time to list proves nothing.
                try await Task.sleep(for: .milliseconds(120))
            }
            try await body(day)
        }
    }

    /// Runs the program with the options of all these tests.
    func run(_ input: String = "in.csv", _ more: [String] = [], fault: String? = nil) async throws -> Tool.Outcome {
        try await tool.faulty(fault).start(["run", input] + Self.options + more).end()
    }

    /// Starts the program with the options of all these tests.
    func start(_ more: [String]) throws -> Running {
        try tool.start(["run", "in.csv"] + Self.options + more)
    }

    /// The accounts whose POST reached Bond, one element for each POST.
    var posts: [CallRecord] { world.calls.filter { $0.operation == .link } }

    /// Expects what every bad day promises: no POST without its intent, and nothing linked twice.
    func expectNoHarm(_ comment: Comment) throws {
        #expect(world.counts.doubleLinks == 0, comment)
        guard FileManager.default.fileExists(atPath: tool.folder.path("relink.sqlite")) else {
            #expect(posts.isEmpty, comment)
            return
        }
        let attempted = try Set(LedgerProbe(tool.folder).strings("SELECT owner_key FROM links WHERE attempts > 0"))
        for post in posts { #expect(attempted.contains(post.owner ?? ""), comment) }
    }

    /// Expects that the same command finishes once the trouble is over, with every row linked exactly once.
    func expectGoodDay(_ comment: Comment) async throws {
        var outcome = try await run()
        // On a loaded machine a call may time out, and its row takes one more run.
        for _ in 0..<4 where outcome.exitCode != 0 { outcome = try await run() }
        #expect(outcome.exitCode == 0, "\(comment): \(outcome.output) \(outcome.errors)")
        let posts = posts.count
        #expect(world.counts.doubleLinks == 0, comment)
        #expect(world.counts.linksActive == sheet.rows.count, comment)
        let linked = try LedgerProbe(tool.folder).strings("SELECT linked_account_id FROM links WHERE state = 'linked'")
        #expect(Set(linked) == Set(world.links.filter(\.isActive).map(\.id)), comment)
        #expect(try await run().exitCode == 0, comment)
        #expect(self.posts.count == posts, comment)
    }
}

extension Tool.Outcome {
    /// The summary's `outcome`.
    var word: String? { try? json()["outcome"] as? String }

    /// The rows of the whole ledger in one state.
    func states(_ state: String) -> Int? { ((try? json()["states"]) as? [String: Int])?[state] }
}
