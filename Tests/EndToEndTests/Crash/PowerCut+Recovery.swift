import Foundation
import Simulator
import TestSupport

extension PowerCut {
    /// Runs the program on an image, with what Plaid and Bond had done by then, to the end.
    func expectRecovery(at cut: Int, _ kind: DiskImage.Kind, _ random: SeededGenerator) async throws {
        let scratch = try Scratch()
        try scratch.write(effects(before: cut), to: "journal")
        var configuration = SimulatorConfiguration(journal: scratch.path("journal"))
        configuration.behaviour = .withoutLimits
        try await withSimulator(configuration) { address in
            let bench = try CrashBench(address, sheet, label: "\(kind) before event \(cut), \(random), of \(label)")
            try DiskImage(recording, cut: cut, kind: kind, random: random).write(to: bench.tool.folder)
            try await bench.expectEnd()
        }
    }

    /// The journal's lines that belong to calls which had begun to leave.
    private func effects(before cut: Int) -> String {
        let sent = SentCalls(recording, before: cut)
        let all = SentCalls(recording, before: recording.events.count)
        var mints = Dictionary(grouping: sent.calls.compactMap(\.account)) { $0 }.mapValues(\.count)
        let lines = journal.split(separator: "\n").filter { line in
            let effect = (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: [String: Any]]
            if let link = effect?["linked"]?["link"] as? [String: Any], let token = link["processorToken"] as? String {
                // A token that is posted more than once is posted again because the POSTs before made no link.
                return sent.posts(of: token) == all.posts(of: token)
            }
            guard let token = effect?["minted"]?["token"] as? [String: Any], let account = token["accountID"] as? String
            else { return true }
            mints[account, default: 0] -= 1
            return mints[account, default: 0] >= 0
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
