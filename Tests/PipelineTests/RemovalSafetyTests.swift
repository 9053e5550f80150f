import Domain
import Ledger
import Pipeline
import RunSupport
import Testing

/// What is removed comes back by nobody's doing, and nothing is claimed that is not on record.
@Suite(.timeLimit(.minutes(5))) struct RemovalSafetyTests {
    @Test func whatALinkOfARowInDoubtMayBeIsLeftAlone() async throws {
        let world = World()
        try await withRig(world) { rig in
            world.plan(bond: "account-1", .lost(made: true))
            world.plan(list: "customer-1", .refuse(status: 500), .refuse(status: 500), .refuse(status: 500))
            _ = try await rig.run(Sample.rows(1), settings: patient())
            #expect(try rig.state("account-1") == "in_doubt")
            let link = try #require(world.links.first?.id)
            world.clearPlans()
            let outcome = try await RemovalDesk(rig: rig).remove(link, of: "customer-1")
            #expect(outcome.words == [link: "held_up"])
            #expect(world.removals.isEmpty, "removed, it would be proven absent, and made again")
            _ = try await rig.run(Sample.rows(1))
            #expect(try rig.state("account-1") == "linked")
            #expect(try await RemovalDesk(rig: rig).remove(link, of: "customer-1").words == [link: "removed"])
        }
    }

    /// The old link that Bond calls a duplicate has to go before the new one can come.
    @Test func anAccountThatBondCallsADuplicateMayBeRemoved() async throws {
        let world = World()
        try await withRig(world) { rig in
            let owner = Owner(kind: .customer, id: "customer-1")
            world.add(MadeLink(id: "old", owner: owner, account: nil, created: Sample.start - .seconds(86_400)))
            world.plan(bond: "account-1", .refuse(status: 409, code: "duplicate_account"))
            _ = try await rig.run(Sample.rows(1))
            #expect(try rig.state("account-1") == "in_doubt")
            let outcome = try await RemovalDesk(rig: rig).remove("old", of: "customer-1")
            #expect(outcome.words == ["old": "removed"])
            #expect(outcome.results.first?.row == nil)
            #expect(try rig.state("account-1") == "in_doubt", "a person says what that means")
            #expect(try rig.eye().string("SELECT outcome FROM removals WHERE link IS NULL") == "removed")
        }
    }

    @Test(arguments: 1...3) func withoutACommitNothingIsClaimed(number: Int) async throws {
        try await withRig { rig in
            let link = try #require(try await linked(1, rig)["customer-1"])
            var desk = RemovalDesk(rig: rig)
            desk.failingCommit = number
            let outcome = try await desk.remove(link, of: "customer-1")
            guard case .unwritable = outcome.stop else {
                Issue.record("\(outcome)")
                return
            }
            #expect(rig.world.removals.count == (number == 1 ? 0 : 1), "no intent, no DELETE")
            #expect(outcome.words == [link: number == 1 ? "unreached" : "unsettled"])
            #expect(try rig.state("account-1") == "linked")
            #expect(try await RemovalDesk(rig: rig).remove(link, of: "customer-1").results.count == 1)
            #expect(try rig.state("account-1") == "unlinked")
            #expect(rig.world.removals.count == 1, "the second time too, the list tells")
        }
    }

    @Test func theFormThatNeedsACardAccountTakesTheOneThatIsGiven() async throws {
        try await withRig { rig in
            let link = try #require(try await linked(1, rig)["customer-1"])
            let without = try await RemovalDesk(rig: rig, form: .card).remove(link, of: "customer-1")
            #expect(without.results.first?.failure?.code == "no_card_account")
            #expect(without.words == [link: "refused"])
            #expect(rig.world.removals.isEmpty)
            let desk = RemovalDesk(rig: rig, form: .card, cardAccount: "card-1")
            #expect(try await desk.remove(link, of: "customer-1").words == [link: "removed"])
            #expect(rig.world.removalPaths == [.card(account: "card-1")])
        }
    }

    /// Else nothing could be proven absent any more.
    @Test func listingIsProvenByANewerLinkThatIsThereStill() async throws {
        try await withRig { rig in
            _ = try await rig.run(Sample.rows(1))
            _ = try await rig.run([Sample.row("customer-2", "account-2")])
            let link = try #require(rig.world.links.first { $0.account == "account-2" }?.id)
            #expect(try await rig.open().newestProof()?.linkedAccountID == link)
            let cut = RemovalDesk(rig: rig) { _, control in control.stop(.interrupted(signal: 2)) }
            _ = try await cut.remove(link, of: "customer-2")
            let first = rig.world.links.first { $0.account == "account-1" }?.id
            #expect(try await rig.open().newestProof()?.linkedAccountID == first, "its DELETE may have had its effect")
            _ = try await RemovalDesk(rig: rig).remove(link, of: "customer-2")
            #expect(try await rig.open().newestProof()?.linkedAccountID == first)
        }
    }

    /// What is not linked in a restored ledger is in doubt, and comes back when it is found absent: but not this.
    @Test func aRestoredLedgerDoesNotLinkAgainWhatWasRemoved() async throws {
        try await withRig { rig in
            let links = try await linked(2, rig)
            let link = try #require(links["customer-2"])
            _ = try await RemovalDesk(rig: rig).remove(link, of: "customer-2")
            let copy = rig.path + ".copy"
            try LedgerCare.backUp(rig.path, to: copy)
            _ = try LedgerCare.restore(copy, to: rig.path, holder: "restore", at: rig.world.clock.now)
            #expect(try rig.state("account-2") == "in_doubt")
            rig.world.clock.advance(by: .seconds(120))
            let posts = rig.world.posts.count
            _ = try await rig.run(Sample.rows(2))
            #expect(try rig.state("account-2") == "unlinked")
            #expect(rig.world.posts.count == posts)
        }
    }

    private func patient() -> RunSettings {
        var settings = settings()
        settings.patience = .seconds(1)
        return settings
    }
}
