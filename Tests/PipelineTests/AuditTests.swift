import Domain
import GRDB
import Ledger
import Logging
import Pacing
import Pipeline
import RunSupport
import Testing

/// Compares ledger and Bond both ways, and unlinks only what is certainly gone.
@Suite struct AuditTests {
    private func audit(_ rig: RunRig) async throws -> [String] {
        let ledger = try rig.open()
        let board = RunBoard()
        let clock = rig.world.clock.pacing
        let gates = (0..<2).map { _ in CallGate(rate: .unlimited, concurrency: 4, clock: clock, jitter: { 0.5 }) }
        let tools = RunTools(
            ledger: ledger,
            plaid: ScriptedPlaid(rig.world),
            bond: ScriptedBond(rig.world),
            plaidGate: gates[0],
            bondGate: gates[1],
            clock: clock,
            now: { rig.world.clock.now },
            jitter: { 0.5 },
            settings: settings(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        let audit = Audit(
            tools: tools,
            reconciler: Reconciler(tools: tools, board: board, control: RunControl(board: board, gates: [])),
            audited: ledger
        )
        var lines: [String] = []
        try await audit.perform { lines.append("\($0.mark.rawValue) \($0.owner.id) \($0.subject)") }
        return lines
    }

    private func state(_ rig: RunRig) throws -> [String: String] {
        try rig.eye().states()
    }

    @Test(.timeLimit(.minutes(5))) func marksEveryLinkInOrder() async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(4))
            let owners = (1...4).map { Owner(kind: .customer, id: "customer-\($0)") }
            let ids = Dictionary(world.links.map { ($0.account ?? "", $0.id) }, uniquingKeysWith: { first, _ in first })
            world.changeLinks { link in
                if link.account == "account-2" { link.isRemoved = true }
            }
            world.add(MadeLink(id: "stranger", owner: owners[2], account: nil, created: world.bondNow))
            world.plan(list: "customer-4", .refuse(status: 403), .refuse(status: 403))
            let proof = try #require(
                try rig.eye().string("SELECT account_id FROM links ORDER BY linked_at DESC LIMIT 1")
            )
            let lines = try await audit(rig)
            #expect(lines.contains("= customer-1 \(ids["account-1"] ?? "")"), "\(lines), proven by \(proof)")
            #expect(lines.contains("* customer-2 \(ids["account-2"] ?? "")"))
            #expect(lines.contains("= customer-3 \(ids["account-3"] ?? "")"))
            #expect(lines.contains("- customer-3 stranger"))
            #expect(lines.contains { $0.hasPrefix("! customer-4") })
            #expect(lines.map { $0.split(separator: " ")[1] } == lines.map { $0.split(separator: " ")[1] }.sorted())
            #expect(try rig.state("account-1") == "linked")
            #expect(try rig.state("account-2") == "unlinked")
            #expect(try rig.state("account-4") == "linked", "a list that cannot be had proves nothing")
        }
    }

    @Test(.timeLimit(.minutes(5))) func unlinksAfterTwoProvenMissesAndNoSooner() async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            _ = try await rig.run([Sample.row("customer-2", "account-2")])
            world.changeLinks { if $0.account == "account-1" { $0.isHidden = true } }
            _ = try await audit(rig)
            #expect(try rig.state("account-1") == "linked")
            world.changeLinks { $0.isHidden = false }
            _ = try await audit(rig)
            world.changeLinks { if $0.account == "account-1" { $0.isHidden = true } }
            _ = try await audit(rig)
            #expect(try rig.state("account-1") == "linked", "it was seen in between")
            let lines = try await audit(rig)
            #expect(lines.count { $0.hasPrefix("+") } == 1)
            #expect(try rig.state("account-1") == "unlinked")
            let posts = world.posts.count
            let next = try await rig.run(Sample.rows(1))
            #expect(next.rows.skipped == 1)
            #expect(world.posts.count == posts, "an unlinked row is posted only when asked for")
        }
    }

    @Test(.timeLimit(.minutes(5))) func unlinksNothingWhileListingIsUnproven() async throws {
        let world = World()
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(3))
            world.changeLinks { $0.isHidden = true }
            for _ in 0..<3 {
                let lines = try await audit(rig)
                #expect(lines.count { $0.hasPrefix("+") } == 3)
            }
            #expect(try state(rig).values.allSatisfy { $0 == "linked" })
        }
    }
}
