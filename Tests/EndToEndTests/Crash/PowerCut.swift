import Foundation
import GRDB
import Ledger
import RunSupport
import Simulator
import TestSupport
import Testing

import class Simulator.World

/// Runs on record, and what their ledger is after a power cut at any moment of them.
struct PowerCut {
    let recording: Recording
    private let world: World
    let sheet: Sheet
    let journal: String
    let label: String

    /// Records runs over new rows: all but the last are killed.
    static func record(_ random: SeededGenerator, rows: Int) async throws -> PowerCut {
        var random = random
        let scratch = try Scratch()
        var configuration = SimulatorConfiguration(seed: random.next(), journal: scratch.path("journal"))
        configuration.behaviour = .withoutLimits
        configuration.behaviour.bondLatency = 0...0.01
        configuration.behaviour.faults = SimulatorBehaviour.afterEffects
        let sheet = Sheet(rows, customers: rows * 2 / 3, using: &random)
        let deaths = (0..<Int.random(in: 0...2, using: &random)).map { _ in
            "kill:\(random.pick(["sent/bond", "answered/bond", "fsync/wal", "torn/wal"])):\(random.next() % 12 + 1)"
        }
        return try await withSimulator(configuration) { address in
            let bench = try CrashBench(address, sheet, label: "\(random)")
            let record = bench.tool.folder.path("record")
            for death in deaths { _ = try await bench.run(fault: death, record: record) }
            _ = try await bench.run(record: record)
            return PowerCut(
                recording: try Recording(path: record),
                world: address.world,
                sheet: sheet,
                journal: try scratch.read("journal"),
                label: "\(random)"
            )
        }
    }

    /// A moment: any event, or the one after a request has begun to leave, where most is at stake.
    func moment(_ random: inout SeededGenerator) -> Int {
        let requests = recording.events.indices.filter { index in
            if case .request = recording.events[index] { true } else { false }
        }
        if random.chance(percent: 50), !requests.isEmpty { return random.pick(requests) + 1 }
        return Int.random(in: 1...recording.events.count, using: &random)
    }

    /// Checks the image of one moment: it is a sound ledger, and no request had left whose intent is missing.
    func check(at cut: Int, _ kind: DiskImage.Kind, _ random: SeededGenerator) throws {
        let label = "\(kind) before event \(cut) of \(recording.events.count), \(random), of \(self.label)"
        let folder = try Scratch()
        try DiskImage(recording, cut: cut, kind: kind, random: random).write(to: folder)
        let sent = SentCalls(recording, before: cut)
        let path = folder.path("relink.sqlite")
        guard FileManager.default.fileExists(atPath: path) else {
            #expect(sent.calls.isEmpty, "calls left before there was a ledger, \(label)")
            return
        }
        let eye = try LedgerEye(path)
        #expect(try eye.string("PRAGMA integrity_check") == "ok", "\(label)")
        guard try eye.int("SELECT count(*) FROM sqlite_schema WHERE name = 'ledger'") == 1 else {
            #expect(sent.calls.isEmpty, "calls left before there was a ledger, \(label)")
            return
        }
        _ = try LedgerReader(path: path).overview()
        try checkIntents(sent, eye, label)
        try checkMints(sent, eye, label)
    }

    /// Every POST that had begun to leave is counted, and one without an answer is known to be out.
    private func checkIntents(_ sent: SentCalls, _ eye: LedgerEye, _ label: String) throws {
        let accounts = world.accountsByToken
        // One without a body was cut off by a kill, and asks Bond for nothing.
        let posts = sent.calls.filter { $0.api == .bond && $0.token != nil }
        for (identity, calls) in Dictionary(grouping: posts, by: { [$0.owner, accounts[$0.token ?? ""]] }) {
            let row = try eye.row(
                "SELECT state, attempts FROM links WHERE owner_key = ? AND account_id = ?",
                [identity[0], identity[1]]
            )
            let attempts: Int = row?["attempts"] ?? 0
            #expect(attempts >= calls.count, "a POST left whose intent is missing, \(identity), \(label)")
            guard let last = calls.last, !last.isAnswered, last.isOfLastProcess else { continue }
            let state: String = row?["state"] ?? ""
            #expect(["posting", "in_doubt"].contains(state), "a POST is out, and the row is \(state), \(label)")
        }
    }

    /// A mint without an answer is known to be out.
    private func checkMints(_ sent: SentCalls, _ eye: LedgerEye, _ label: String) throws {
        let mints = sent.calls.filter { $0.api == .plaid && $0.account != nil && $0.isOfLastProcess }
        for (account, calls) in Dictionary(grouping: mints, by: \.account) where calls.last?.isAnswered == false {
            let known = try eye.int(
                "SELECT count(*) FROM links WHERE account_id = ? AND (mint_sent_at IS NOT NULL OR orphans > 0)",
                [account]
            )
            #expect(known == 1, "a mint left without a note, \(label)")
        }
    }
}

extension DiskImage {
    /// Puts the files into a folder.
    func write(to folder: Scratch) throws {
        for (name, bytes) in files() { try bytes.write(to: URL(fileURLWithPath: folder.path(name))) }
    }
}
