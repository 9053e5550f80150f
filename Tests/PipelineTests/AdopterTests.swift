import Domain
import GRDB
import Ledger
import Pipeline
import RunSupport
import TestSupport
import Testing

/// Links that were made elsewhere come into the ledger only as Bond's list and the ledger allow.
@Suite(.timeLimit(.minutes(5))) struct AdopterTests {
    private struct Lines: AdoptionSource {
        var batches: [[Adoption]]

        mutating func next() async throws -> AdoptionBatch? {
            batches.isEmpty ? nil : AdoptionBatch(adoptions: batches.removeFirst())
        }
    }

    /// A ledger of which the adoptions with these numbers, from 1, fail.
    private struct FailingAdoptions: AdoptionLedger {
        let base: LedgerWriter
        let isFailing: Bool

        func standings(of adoptions: [Adoption]) async throws -> [AdoptionStanding] {
            try await base.standings(of: adoptions)
        }

        func adopt(_ confirmed: [ConfirmedAdoption], _ listing: Attempt, at: Timestamp) async throws
            -> [AdoptionVerdict]
        {
            if isFailing { throw LedgerError.full(path: base.path) }
            return try await base.adopt(confirmed, listing, at: at)
        }
    }

    private static func owner(_ number: Int) -> Owner { Owner(kind: .customer, id: "customer-\(number)") }

    private static func claim(_ number: Int, link: String? = nil, account: String? = nil, mask: String? = nil)
        -> Adoption
    {
        Adoption(
            identity: Identity(owner: owner(number), accountID: account ?? "account-\(number)"),
            linkedAccountID: link ?? "old-\(number)",
            mask: mask,
            position: InputPosition(file: "links.csv", line: number + 1)
        )
    }

    /// A world where a script has linked customers 1 to `count`.
    private static func world(_ count: Int) -> World {
        let world = World()
        for number in 1...count {
            let made = Sample.start - .seconds(86_400 * number)
            world.add(MadeLink(id: "old-\(number)", owner: owner(number), account: "account-\(number)", created: made))
        }
        return world
    }

    private func adopt(
        _ batches: [[Adoption]],
        _ rig: RunRig,
        isFailing: Bool = false,
        onList: (@Sendable (Owner, RunControl) async -> Void)? = nil
    ) async throws -> (words: [String], stop: RunStop?) {
        let desk = try CommandDesk(rig, onList: onList)
        let adopter = Adopter(
            tools: desk.tools,
            board: desk.board,
            control: desk.control,
            adoptions: FailingAdoptions(base: desk.ledger, isFailing: isFailing)
        )
        var results: [AdoptionResult] = []
        try await adopter.perform(Lines(batches: batches)) { event in
            if case .result(let result) = event { results.append(result) }
        }
        rig.world.clock.advance(by: .milliseconds(1))
        let ordered = results.sorted { $0.adoption.position.line < $1.adoption.position.line }
        return (ordered.map { $0.failure?.code ?? $0.outcome.rawValue }, desk.board.stop)
    }

    @Test func whatBondListsIsAdoptedOnceAndNoRunPostsIt() async throws {
        try await withRig(Self.world(4)) { rig in
            let claims = (1...3).map { Self.claim($0) }
            #expect(try await adopt([claims], rig).words == ["adopted", "adopted", "adopted"])
            #expect(rig.world.lists.count == 3)
            #expect(try await adopt([claims], rig).words == Array(repeating: "already_linked", count: 3))
            #expect(rig.world.lists.count == 3, "nothing is confirmed twice")
            let run = try await rig.run(Sample.rows(4))
            #expect(run.rows.skipped == 3)
            #expect(rig.world.mints == ["account-4"])
            #expect(rig.world.posted == ["account-4"])
            #expect(rig.world.doubleLinks == ["customer-4/account-4"], "the one that nobody adopted")
            #expect(try rig.calls("account-1") == ["list ok", "adopt ok"])
        }
    }

    @Test func aCustomerIsListedOnceHoweverItsLinesStand() async throws {
        let world = Self.world(2)
        for number in 1...2 {
            let made = Sample.start - .seconds(9)
            world.add(MadeLink(id: "second-\(number)", owner: Self.owner(number), account: "b\(number)", created: made))
        }
        try await withRig(world) { rig in
            let more = (1...2).map { Self.claim($0, link: "second-\($0)", account: "b\($0)") }
            let words = try await adopt([[Self.claim(1), Self.claim(2)] + more], rig).words
            #expect(words == Array(repeating: "adopted", count: 4))
            #expect(world.lists.sorted() == ["customer-1", "customer-2"])
        }
    }

    @Test func whatBondDoesNotConfirmIsNotAdopted() async throws {
        let world = Self.world(6)
        world.changeLinks { link in
            switch link.id {
            case "old-2": link.isRemoved = true
            case "old-3": link.isHidden = true
            case "old-4": link.mask = "1111"
            case "old-5": link.owners = [Owner(kind: .customer, id: "customer-9")]
            default: break
            }
        }
        try await withRig(world) { rig in
            let claims = [
                Self.claim(1), Self.claim(2), Self.claim(3), Self.claim(4, mask: "2222"), Self.claim(5),
                Self.claim(6, link: "old-1"),
            ]
            let words = try await adopt([claims], rig).words
            // Which of two claims to one link comes first, chance decides; here the other is another customer's.
            #expect(words == ["adopted", "link_removed", "not_listed", "mask_differs", "owner_differs", "not_listed"])
            #expect(try rig.eye().strings("SELECT account_id FROM links") == ["account-1"])
        }
    }

    @Test func aRowInDoubtIsSettledByReconcilingFirst() async throws {
        let world = World()
        try await withRig(world) { rig in
            world.plan(bond: "account-1", .lost(made: true))
            world.plan(list: "customer-1", .refuse(status: 500), .refuse(status: 500), .refuse(status: 500))
            _ = try await rig.run(Sample.rows(1), settings: settings { $0.patience = .seconds(1) })
            #expect(try rig.state("account-1") == "in_doubt")
            let link = try #require(world.links.first?.id)
            world.clearPlans()
            let lists = world.lists.count
            let claims = [Self.claim(1, link: link), Self.claim(1, link: link, account: "other")]
            #expect(Set(try await adopt([claims], rig).words) == ["row_in_doubt", "owner_in_doubt"])
            #expect(world.lists.count == lists, "before any call")
            _ = try await rig.run(Sample.rows(1))
            #expect(try await adopt([[Self.claim(1, link: link)]], rig).words == ["already_linked"])
        }
    }

    @Test func aKeptProcessorTokenIsWipedAndCountedAsAnOrphan() async throws {
        let world = Self.world(1)
        try await withRig(world) { rig in
            world.plan(bond: "account-1", .neverSent, .neverSent, .neverSent, .neverSent)
            _ = try await rig.run(Sample.rows(1))
            #expect(try rig.eye().int("SELECT count(*) FROM links WHERE token IS NOT NULL") == 1)
            #expect(try await adopt([[Self.claim(1)]], rig).words == ["adopted"])
            #expect(try rig.eye().int("SELECT count(*) FROM links WHERE token IS NOT NULL") == 0)
            #expect(try rig.row("account-1")["orphans"] == 1)
            #expect(world.posts.count == 4)
            _ = try await rig.run(Sample.rows(1))
            #expect(world.posts.count == 4)
        }
    }

    @Test func anOwnerWithoutAListStopsNobodyElse() async throws {
        let world = Self.world(3)
        world.plan(list: "customer-1", .refuse(status: 404, code: "customer_dne"))
        world.plan(list: "customer-2", .unusable)
        try await withRig(world) { rig in
            let outcome = try await adopt([(1...3).map { Self.claim($0) }], rig)
            #expect(outcome.words == ["customer_dne", "listing_failed", "adopted"])
            #expect(outcome.stop == nil)
        }
    }

    @Test func refusedKeysStopTheCommand() async throws {
        let world = Self.world(3)
        for number in 1...3 { world.plan(list: "customer-\(number)", .refuse(status: 401)) }
        try await withRig(world) { rig in
            let outcome = try await adopt((1...3).map { [Self.claim($0)] }, rig)
            guard case .refused = outcome.stop else {
                Issue.record("\(outcome)")
                return
            }
            #expect(try rig.eye().int("SELECT count(*) FROM links") == 0)
        }
    }

    @Test func aStopLeavesTheRestForTheNextTime() async throws {
        try await withRig(Self.world(4)) { rig in
            let batches = (1...4).map { [Self.claim($0)] }
            let outcome = try await adopt(batches, rig) { owner, control in
                if owner.id == "customer-2" { control.stop(.interrupted(signal: 2)) }
            }
            #expect(outcome.stop == .interrupted(signal: 2))
            let adopted = try rig.eye().int("SELECT count(*) FROM links WHERE state = 'linked'") ?? 0
            #expect(outcome.words.count { $0 == "adopted" } == adopted)
            #expect(try await adopt(batches, rig).words.allSatisfy { ["adopted", "already_linked"].contains($0) })
            #expect(rig.world.lists.count <= 5, "nothing that was adopted is asked for again")
        }
    }

    @Test func aCommitThatFailsAdoptsNothingAndStops() async throws {
        try await withRig(Self.world(1)) { rig in
            let outcome = try await adopt([[Self.claim(1)]], rig, isFailing: true)
            #expect(outcome.words == ["unreached"])
            guard case .unwritable = outcome.stop else {
                Issue.record("\(outcome)")
                return
            }
            #expect(try rig.eye().int("SELECT count(*) FROM links") == 0)
            #expect(try await adopt([[Self.claim(1)]], rig).words == ["adopted"])
        }
    }
}
