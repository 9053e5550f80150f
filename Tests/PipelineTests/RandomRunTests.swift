import Domain
import GRDB
import Ledger
import Pipeline
import RunSupport
import TestSupport
import Testing

/// Random answers, faults and deaths over several runs, and then runs until nothing changes any more.
@Suite struct RandomRunTests {
    private static let perCase = 10

    /// Each case takes ten seeds; a failing one is printed.
    @Test(.timeLimit(.minutes(5)), arguments: 0..<22)
    func reachesARestWithoutLossOrDouble(_ block: Int) async throws {
        for seed in block * Self.perCase..<(block + 1) * Self.perCase {
            var random = SeededGenerator(seed: UInt64(seed))
            let world = World(
                bondOffset: .seconds(Int.random(in: -50...50, using: &random)),
                listDelay: .seconds(Int.random(in: 0...9, using: &random))
            )
            try await withRig(world) { rig in try await play(rig, seed, &random) }
        }
    }

    private func play(_ rig: RunRig, _ seed: Int, _ random: inout SeededGenerator) async throws {
        let world = rig.world
        let rows = makeRows(&random)
        var terminal: Set<String> = []
        for run in 0..<Int.random(in: 1...4, using: &random) {
            plan(rows, world, &random)
            let deadly: Int? = random.chance(percent: 40) ? Int.random(in: 0..<60, using: &random) : nil
            let written = random.chance(percent: 50)
            let chosen = settings {
                $0.concurrency = Int.random(in: 1...8, using: &random)
                $0.window = Int.random(in: 1...12, using: &random)
                if random.chance(percent: 20) { $0.limit = Int.random(in: 0...8, using: &random) }
            }
            let part = rows.shuffled(using: &random)
            let outcome = try await rig.run(
                part,
                batch: Int.random(in: 1...6, using: &random),
                settings: chosen,
                fate: { at, _ in at < deadly ?? .max ? .works : written ? .diesAfter : .diesBefore }
            )
            try check(outcome, rig, "seed \(seed), run \(run)", read: outcome.stop == nil ? rows.count : nil)
            let linked = Set(try rig.eye().states().filter { $0.value == "linked" }.keys)
            #expect(terminal.isSubset(of: linked), "seed \(seed): a linked row is linked no more")
            terminal = linked
            world.clock.advance(by: .seconds(Int.random(in: 0...90, using: &random)))
        }
        try await rest(rig, rows, seed)
    }

    private func rest(_ rig: RunRig, _ rows: [InputRow], _ seed: Int) async throws {
        let world = rig.world
        world.clearPlans()
        let patient = settings { $0.retry = [.rejected] }
        for _ in 0..<4 {
            world.clock.advance(by: .seconds(100_000))
            try check(try await rig.run(rows, settings: patient), rig, "seed \(seed), resting", read: rows.count)
        }
        let (posts, mints) = (world.posts.count, world.mints.count)
        world.clock.advance(by: .seconds(100_000))
        let last = try await rig.run(rows, settings: patient)
        try check(last, rig, "seed \(seed), at rest", read: rows.count)
        #expect(world.posts.count == posts, "seed \(seed): POSTs at rest")
        #expect(world.mints.count == mints, "seed \(seed): mints at rest")
        #expect(last.stop == nil, "seed \(seed)")
        let states = try rig.eye().states()
        #expect(states.count == rows.count, "seed \(seed): \(states)")
        // Only what nobody can tell, and what waits behind it, is not linked.
        let doubted = Set(states.filter { $0.value == "in_doubt" }.keys.map { $0.prefix { $0 != "/" } })
        for (row, state) in states where state != "linked" && state != "in_doubt" {
            #expect(doubted.contains(row.prefix { $0 != "/" }), "seed \(seed): \(row) rests as \(state)")
        }
    }

    private func check(_ outcome: RunRig.Outcome, _ rig: RunRig, _ label: String, read: Int?) throws {
        let world = rig.world
        if let read { #expect(outcome.rows.read == read, "\(label): \(outcome.rows)") }
        #expect(outcome.error == nil, "\(label)")
        #expect(world.faults.isEmpty, "\(label): \(world.faults)")
        #expect(world.doubleLinks.isEmpty, "\(label): \(world.doubleLinks)")
        #expect(world.worstInFlight <= 1, "\(label)")
        let eye = try rig.eye()
        for link in world.links {
            let owners = try eye.int("SELECT count(*) FROM links WHERE linked_account_id = ?", [link.id])
            if owners == 1 { continue }
            let state = try eye.string(
                "SELECT state FROM links WHERE owner_key = ? AND account_id = ?",
                [link.owner.key, link.account]
            )
            #expect(
                owners == 0 && ["in_doubt", "posting"].contains(state),
                "\(label): nobody owns \(link.id), \(state ?? "")"
            )
        }
        let strange = try eye.strings("SELECT linked_account_id FROM links WHERE state = 'linked'")
        #expect(Set(strange).isSubset(of: Set(world.links.map(\.id))), "\(label)")
    }

    private func makeRows(_ random: inout SeededGenerator) -> [InputRow] {
        var rows: [InputRow] = []
        for customer in 1...Int.random(in: 1...4, using: &random) {
            for account in 1...Int.random(in: 1...4, using: &random) {
                rows.append(Sample.row("customer-\(customer)", "account-\(customer)-\(account)", line: rows.count + 2))
            }
        }
        return rows
    }

    private func plan(_ rows: [InputRow], _ world: World, _ random: inout SeededGenerator) {
        world.clearPlans()
        for row in rows {
            let account = row.identity.accountID
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                world.plan(plaid: account, Self.plaid.randomElement(using: &random) ?? .token)
            }
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                world.plan(bond: account, Self.bond.randomElement(using: &random) ?? .link)
            }
            if random.chance(percent: 20) {
                world.plan(list: row.identity.owner.id, Self.lists.randomElement(using: &random) ?? .links)
            }
        }
    }

    private static let plaid: [PlaidScript] = [
        .token, .token, .token, .lost, .neverSent, .unusable, .institutionDown, .rateLimit, .loginRequired, .badToken,
        .unknown, .wrongKeys,
    ]
    private static let bond: [BondScript] = [
        .link, .link, .link, .link, .lost(made: true), .lost(made: true), .lost(made: false), .lost(made: false),
        .unusable(made: true), .unusable(made: false), .failAfterLinking(status: 500),
        .failAfterLinking(status: 400, code: "account_data_err"), .refuse(status: 503), .refuse(status: 408),
        .neverSent,
        .rateLimit, .unknown, .tokenRefused, .unknownOwner, .identity, .badKeys, .notEnabled,
    ]
    private static let lists: [ListScript] = [
        .links, .lost, .unusable, .refuse(status: 500), .refuse(status: 403), .refuse(status: 404),
        .refuse(status: 429),
    ]
}
