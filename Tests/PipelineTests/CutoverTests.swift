import Domain
import GRDB
import Ledger
import Pipeline
import RunSupport
import Testing

/// Old links go only while the new one is there, and never the last usable account.
@Suite(.timeLimit(.minutes(5))) struct CutoverTests {
    private static func owner(_ number: Int) -> Owner { Owner(kind: .customer, id: "customer-\(number)") }

    /// Customers 1 to `count`, each with an old link of Bond's own and a new one of ours to the same account.
    private static func migrated(_ count: Int, _ rig: RunRig) async throws -> [String: String] {
        let links = try await linked(count, rig)
        for number in 1...count {
            let made = Sample.start - .seconds(86_400)
            rig.world.add(MadeLink(id: "old-\(number)", owner: owner(number), account: nil, created: made))
        }
        rig.world.changeLinks { link in
            link.bankName = "First Platypus Bank"
            link.mask = "00" + link.owner.id.suffix(1)
        }
        return links
    }

    private static func order(_ number: Int, _ links: [String: String], old: String? = nil) -> RemovalOrder {
        let replacement = links["customer-\(number)"] ?? "none"
        return RemovalOrder(owner: owner(number), linkedAccountID: old ?? "old-\(number)", replacement: replacement)
    }

    /// What a plan says of each owner, in order.
    private func plan(_ rig: RunRig, onList: (@Sendable (Owner, RunControl) async -> Void)? = nil) async throws
        -> (words: [String], stop: RunStop?)
    {
        let desk = try CommandDesk(rig, onList: onList)
        var words: [String] = []
        try await CutoverPlanner(tools: desk.tools, board: desk.board, control: desk.control, ledger: desk.ledger)
            .perform {
                owner,
                outcome in
                switch outcome {
                case .rows(let rows):
                    words += rows.map { "\(owner.id) \($0.old.linkedAccountID) \($0.match.rawValue)" }
                case .nothing: words.append("\(owner.id) nothing")
                case .notReady: words.append("\(owner.id) not ready")
                case .noList(let failure): words.append("\(owner.id) \(failure.code)")
                case .unreached: words.append("\(owner.id) unreached")
                }
            }
        rig.world.clock.advance(by: .milliseconds(1))
        return (words, desk.board.stop)
    }

    @Test func aPlanListsEachCustomerOnceInOrderAndChangesNothing() async throws {
        try await withRig { rig in
            _ = try await Self.migrated(5, rig)
            rig.world.changeLinks { link in
                if link.id == "old-2" { link.isRemoved = true }
                if link.id == "old-3" { link.mask = "999" }
                if link.owner.id == "customer-4", link.account != nil {
                    link.verification = "pending_manual_verification"
                }
            }
            rig.world.plan(list: "customer-5", .refuse(status: 404, code: "customer_dne"))
            let lists = rig.world.lists.count
            let before = try rig.eye().fingerprint()
            let outcome = try await plan(rig)
            #expect(
                outcome.words == [
                    "customer-1 old-1 same", "customer-2 nothing", "customer-3 old-3 different", "customer-4 not ready",
                    "customer-5 customer_dne",
                ]
            )
            #expect(outcome.stop == nil)
            #expect(rig.world.lists.count == lists + 5)
            #expect(rig.world.removals.isEmpty)
            #expect(try rig.eye().fingerprint() == before)
        }
    }

    @Test func aStopLeavesTheRestUnreached() async throws {
        try await withRig { rig in
            _ = try await Self.migrated(5, rig)
            let outcome = try await plan(rig) { owner, control in
                if owner.id == "customer-2" { control.stop(.interrupted(signal: 2)) }
            }
            #expect(outcome.stop == .interrupted(signal: 2))
            #expect(outcome.words.count <= 2, "\(outcome.words)")
        }
    }

    @Test func anApprovedLinkGoesAndTheNewOneStays() async throws {
        try await withRig { rig in
            let links = try await Self.migrated(2, rig)
            let outcome = try await RemovalDesk(rig: rig).remove([Self.order(1, links)])
            #expect(outcome.words == ["old-1": "removed"])
            #expect(rig.world.removals == ["old-1"])
            #expect(try rig.state("account-1") == "linked")
            #expect(try rig.eye().string("SELECT outcome FROM removals WHERE link IS NULL") == "removed")
            let lists = rig.world.lists.count
            #expect(
                try await RemovalDesk(rig: rig).remove([Self.order(1, links)]).words == ["old-1": "already_removed"]
            )
            #expect(rig.world.lists.count == lists, "what is on record costs no call")
            #expect(try await plan(rig).words == ["customer-1 nothing", "customer-2 old-2 same"])
        }
    }

    @Test(arguments: [
        "removed", "hidden", "suspended", "pending", "unlinked", "in another's row", "open removal",
        "not in the ledger",
    ])
    func withoutItsNewLinkNothingGoes(why: String) async throws {
        try await withRig { rig in
            var links = try await Self.migrated(2, rig)
            let new = try #require(links["customer-1"])
            rig.world.changeLinks { link in
                guard link.id == new else { return }
                switch why {
                case "removed": link.isRemoved = true
                case "hidden": link.isHidden = true
                case "suspended": link.status = "suspended"
                case "pending": link.verification = "pending_automatic_verification"
                default: break
                }
            }
            switch why {
            case "unlinked":
                try rig.eye().execute("UPDATE links SET state = 'unlinked', action = 'review' WHERE id = 1")
            case "in another's row": links["customer-1"] = links["customer-2"]
            case "open removal":
                try rig.eye().execute(
                    """
                    INSERT INTO removals (run, owner_kind, owner_key, owner_id, linked_account_id, intent_at)
                    VALUES (1, 'customer', 'customer-1', 'customer-1', ?, 1)
                    """,
                    [new]
                )
            case "not in the ledger": links["customer-1"] = "old-2"
            default: break
            }
            let outcome = try await RemovalDesk(rig: rig).remove([Self.order(1, links)])
            #expect(outcome.words == ["old-1": "refused"])
            #expect(outcome.results.first?.failure?.code == "not_replaced", "\(outcome.results)")
            #expect(rig.world.removals.isEmpty)
        }
    }

    @Test func aLinkOfARowIsNoOldLink() async throws {
        try await withRig { rig in
            let links = try await Self.migrated(1, rig)
            let new = try #require(links["customer-1"])
            let outcome = try await RemovalDesk(rig: rig).remove([Self.order(1, links, old: new)])
            #expect(outcome.results.first?.failure?.code == "not_an_old_link")
            #expect(rig.world.removals.isEmpty)
        }
    }

    @Test func aRepeatIsNotSentOnceTheNewLinkHasGone() async throws {
        try await withRig { rig in
            let links = try await Self.migrated(1, rig)
            let new = try #require(links["customer-1"])
            rig.world.plan(remove: "old-1", .refuse(status: 500))
            let desk = RemovalDesk(rig: rig) { _, _ in
                rig.world.changeLinks { if $0.id == new { $0.isRemoved = true } }
            }
            let outcome = try await desk.remove([Self.order(1, links)])
            #expect(outcome.words == ["old-1": "unsettled"])
            #expect(outcome.results.first?.failure?.code == "not_replaced")
            #expect(rig.world.removals.count == 1, "the old link is the last one now")
        }
    }
}
