import Foundation
import Simulator
import Testing

extension CrashBench {
    /// Checks that one run without faults brings everything to its end, and that the next one posts nothing; then lets
    /// the simulator's record judge.
    func expectFixpoint(_ figures: inout CrashFigures) async throws {
        figures.repliesLost += world.calls.count { $0.operation == .mint && $0.status == 0 }
        try world.change { $0.faults = [:] }
        let next = try await expectEnd(&figures)
        if next.exitCode == 0 { try judgeOrphans(next, &figures) }
    }

    /// The same where nobody counts.
    func expectEnd() async throws {
        var figures = CrashFigures()
        _ = try await expectEnd(&figures)
    }

    private func expectEnd(_ figures: inout CrashFigures) async throws -> Tool.Outcome {
        let end = try await run()
        let posts = posts
        let next = try await run()
        let isSettled = end.exitCode == 0 && next.exitCode == 0 && self.posts == posts
        #expect(end.exitCode == 0, "one run is not enough, \(label): \(end.output)\(end.errors)")
        #expect(next.exitCode == 0, "\(label): \(next.output)\(next.errors)")
        #expect(self.posts == posts, "a run with nothing to do posted, \(label)")
        figures.ledgers += 1
        figures.settled += isSettled ? 1 : 0
        figures.rows += sheet.rows.count
        try await judgeLinks(&figures)
        return next
    }

    /// POSTs that the simulator has seen.
    var posts: Int { world.calls.count { $0.operation == .link } }

    /// Every row has one link, which is the one that the ledger names; there is no other link.
    private func judgeLinks(_ figures: inout CrashFigures) async throws {
        let report = try await tool.run("report", "--format", "jsonl", "--mapping").output
        let known = Set(try report.split(separator: "\n").map(Self.pair))
        let links = Dictionary(grouping: world.links) { [$0.owner, $0.accountID] }
        var (doubles, lost) = (0, 0)
        for row in sheet.rows {
            let made = links[[row.customer, row.account]] ?? []
            if made.count > 1 { doubles += 1 }
            if !made.contains(where: { known.contains([row.account, $0.id.lowercased()]) }) { lost += 1 }
        }
        #expect(doubles == 0, "accounts are linked twice, \(label)")
        #expect(lost == 0, "rows are lost, \(label)")
        #expect(world.links.count == sheet.rows.count, "links nobody asked for, \(label)")
        figures.doubles += doubles
        figures.lost += lost
    }

    /// No token that was made and not used is missing from its row's count, and no more are counted than replies were
    /// lost.
    ///
    /// A call that was cut off before Plaid had made a token is counted all the same: nobody can tell.
    private func judgeOrphans(_ outcome: Tool.Outcome, _ figures: inout CrashFigures) throws {
        let used = Set(world.links.compactMap(\.processorToken))
        let unused = world.accountsByToken.filter { !used.contains($0.key) }
        let counts = try Aftermath.orphans(of: tool.folder.path("relink.sqlite"))
        for (account, tokens) in Dictionary(grouping: unused.values, by: { $0 }) {
            let counted = counts[account] ?? 0
            #expect(tokens.count <= counted, "an orphan token of \(account) is not counted, \(label)")
        }
        let counted = try #require(try outcome.json()["orphan_tokens"] as? Int)
        #expect(counted == counts.values.reduce(0, +), "\(label)")
        // A kill before the take-over of the kill before counts the same calls twice.
        #expect(counted <= 2 * figures.repliesLost, "more orphan tokens are counted than replies were lost, \(label)")
        figures.orphans += unused.count
        figures.orphansCounted += counted
    }

    private static func pair(_ line: Substring) throws -> [String] {
        let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        return [row["account_id"] as? String ?? "", (row["linked_account_id"] as? String ?? "").lowercased()]
    }
}
