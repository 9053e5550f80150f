import Domain
import GRDB
import Ledger
import Pipeline
import RunSupport
import Testing

/// Removes what Bond lists, by intent, DELETE and list; whatever happens in between, the ledger says what is true.
@Suite(.timeLimit(.minutes(5))) struct RemovalTests {
    /// Links customers 1 to `count`, and gives their links' ids by customer.
    private func linked(_ count: Int, _ rig: RunRig) async throws -> [String: String] {
        _ = try await rig.run(Sample.rows(count))
        return Dictionary(uniqueKeysWithValues: rig.world.links.map { ($0.owner.id, $0.id) })
    }

    private func open(_ rig: RunRig) throws -> Int? {
        try rig.eye().int("SELECT count(*) FROM removals WHERE outcome IS NULL")
    }

    @Test func aLinkThatBondDoesNotListForItsOwnerIsLeftAlone() async throws {
        try await withRig { rig in
            let links = try await linked(2, rig)
            let link = try #require(links["customer-2"])
            let desk = RemovalDesk(rig: rig)
            #expect(try await desk.remove(link, of: "customer-1").words == [link: "not_listed"])
            #expect(try await desk.remove("unknown", of: "customer-1").words == ["unknown": "not_listed"])
            #expect(rig.world.removals.isEmpty)
            #expect(try rig.state("account-2") == "linked")
            #expect(try open(rig) == 0)
        }
    }

    @Test func aRemovedLinkIsConfirmedByTheListAndNoRunLinksItAgain() async throws {
        try await withRig { rig in
            let links = try await linked(2, rig)
            let link = try #require(links["customer-2"])
            let outcome = try await RemovalDesk(rig: rig).remove(link, of: "customer-2")
            #expect(outcome.words == [link: "removed"])
            #expect(outcome.results.first?.row?.accountID == "account-2")
            #expect(rig.world.removals == [link])
            #expect(rig.world.removalPaths == [.sdk])
            #expect(try rig.state("account-2") == "unlinked")
            let row = try rig.eye().row("SELECT error_code, action FROM links WHERE account_id = 'account-2'")
            #expect(row?["error_code"] == "removed_on_request")
            #expect(row?["action"] == "review")
            let calls = try rig.eye().strings("SELECT call || ' ' || result FROM attempts WHERE link = 2 ORDER BY id")
            #expect(calls == ["mint ok", "post ok", "remove ok"])
            let posts = rig.world.posts.count
            let changed = [Sample.row(), Sample.row("customer-2", "account-2", token: "access-sandbox-new", line: 3)]
            let next = try await rig.run(changed)
            #expect(next.rows.skipped == 2, "not even with another token")
            #expect(rig.world.posts.count == posts)
            var settings = settings()
            settings.retry = [.unlinked]
            _ = try await rig.run(changed, settings: settings)
            #expect(try rig.state("account-2") == "linked", "only where it is asked for")
            #expect(rig.world.faults.isEmpty, "\(rig.world.faults)")
        }
    }

    @Test func whatIsOnRecordAsRemovedIsSkippedWithoutACall() async throws {
        try await withRig { rig in
            let links = try await linked(3, rig)
            let orders = links.map { RemovalDesk.order($0.value, of: $0.key) }
            let desk = RemovalDesk(rig: rig)
            #expect(Set(try await desk.remove(orders).words.values) == ["removed"])
            let lists = rig.world.lists.count
            #expect(Set(try await desk.remove(orders + orders.prefix(1)).results.map(\.outcome)) == [.alreadyRemoved])
            #expect(rig.world.lists.count == lists)
            #expect(rig.world.removals.count == 3)
        }
    }

    @Test func whatBondListsAsRemovedIsDoneAndOnRecord() async throws {
        try await withRig { rig in
            let link = try #require(try await linked(1, rig)["customer-1"])
            rig.world.changeLinks { $0.isRemoved = true }
            #expect(try await RemovalDesk(rig: rig).remove(link, of: "customer-1").words == [link: "already_removed"])
            #expect(rig.world.removals.isEmpty)
            #expect(try rig.state("account-1") == "unlinked")
        }
    }

    @Test(arguments: [true, false]) func aLostReplyIsSettledByTheList(removed: Bool) async throws {
        try await withRig { rig in
            let link = try #require(try await linked(1, rig)["customer-1"])
            rig.world.plan(remove: link, .lost(removed: removed))
            #expect(try await RemovalDesk(rig: rig).remove(link, of: "customer-1").words == [link: "removed"])
            #expect(rig.world.removals.count == (removed ? 1 : 2), "a DELETE that did nothing is sent again")
            #expect(try rig.state("account-1") == "unlinked")
            #expect(rig.world.faults.isEmpty, "\(rig.world.faults)")
        }
    }

    @Test(arguments: [("Server Error", 4), ("Process Error", 1)])
    func aFailureThatTheListContradictsIsTriedAgainUnlessBondSaysOtherwise(type: String, tries: Int) async throws {
        try await withRig { rig in
            let link = try #require(try await linked(1, rig)["customer-1"])
            for _ in 0..<9 { rig.world.plan(remove: link, .refuse(status: 500, type: type)) }
            let outcome = try await RemovalDesk(rig: rig).remove(link, of: "customer-1")
            #expect(outcome.words == [link: "unsettled"])
            #expect(rig.world.removals.count == tries)
            #expect(try open(rig) == 1)
            #expect(try rig.state("account-1") == "linked")
        }
    }

    @Test func aLinkThatIsNotListedAnyMoreAfterItsDeleteIsGone() async throws {
        try await withRig { rig in
            let link = try #require(try await linked(1, rig)["customer-1"])
            let control = RemovalDesk(rig: rig) { _, control in await control.stop(.interrupted(signal: 2)) }
            let cut = try await control.remove(link, of: "customer-1")
            #expect(cut.words == [link: "unsettled"], "the list could not be asked any more")
            #expect(try open(rig) == 1)
            #expect(try rig.state("account-1") == "linked")
            rig.world.changeLinks { $0.isHidden = true }
            #expect(try await RemovalDesk(rig: rig).remove(link, of: "customer-1").words == [link: "removed"])
            #expect(rig.world.removals.count == 1, "nothing is sent for what is gone")
            #expect(try rig.state("account-1") == "unlinked")
            #expect(try open(rig) == 0)
        }
    }

    @Test func aNotFoundThatTheListContradictsIsARefusal() async throws {
        try await withRig { rig in
            let links = try await linked(2, rig)
            let (gone, stands) = (try #require(links["customer-1"]), try #require(links["customer-2"]))
            rig.world.plan(remove: gone, .refuse(status: 404, code: "linked_dne"))
            rig.world.plan(remove: stands, .refuse(status: 404))
            let desk = RemovalDesk(rig: rig) { link, _ in
                rig.world.changeLinks { if $0.id == gone, link == gone { $0.isRemoved = true } }
            }
            let orders = links.map { RemovalDesk.order($0.value, of: $0.key) }
            #expect(try await desk.remove(orders).words == [gone: "removed", stands: "refused"])
            #expect(try rig.state("account-2") == "linked")
        }
    }

    @Test func aYesThatTheListContradictsStaysOpen() async throws {
        try await withRig { rig in
            let link = try #require(try await linked(1, rig)["customer-1"])
            rig.world.plan(remove: link, .acceptAndKeep)
            let outcome = try await RemovalDesk(rig: rig).remove(link, of: "customer-1")
            #expect(outcome.words == [link: "unsettled"])
            #expect(outcome.results.first?.failure?.code == "still_listed")
            #expect(rig.world.removals.count == 1)
            #expect(try rig.state("account-1") == "linked")
            #expect(try open(rig) == 1)
            #expect(try await RemovalDesk(rig: rig).remove(link, of: "customer-1").words == [link: "removed"])
            let outcomes = try rig.eye().strings("SELECT outcome FROM removals ORDER BY id")
            #expect(outcomes == ["no_effect", "removed"])
        }
    }

    @Test func aRefusalLeavesTheLinkAndFiveOfThemStopTheCommand() async throws {
        try await withRig { rig in
            let links = try await linked(8, rig)
            for link in links.values { rig.world.plan(remove: link, .refuse(status: 400, code: "input_error")) }
            let orders = links.map { RemovalDesk.order($0.value, of: $0.key) }
            let one = try await RemovalDesk(rig: rig).remove(Array(orders.prefix(1)))
            #expect(one.results.map(\.outcome) == [.refused])
            #expect(one.results.first?.failure?.code == "input_error")
            #expect(one.stop == nil)
            rig.world.plan(remove: orders[0].linkedAccountID, .refuse(status: 400, code: "input_error"))
            let all = try await RemovalDesk(rig: rig).remove(orders)
            guard case .refused = all.stop else {
                Issue.record("\(all)")
                return
            }
            #expect(rig.world.removals.count < 8)
            #expect(all.results.count == 8, "each has its word")
            #expect(try rig.eye().int("SELECT count(*) FROM links WHERE state = 'linked'") == 8)
        }
    }

    @Test(arguments: [401, 403, 302]) func whatIsAboutTheKeysStopsTheCommand(status: Int) async throws {
        try await withRig { rig in
            let link = try #require(try await linked(1, rig)["customer-1"])
            rig.world.plan(remove: link, .refuse(status: status))
            let outcome = try await RemovalDesk(rig: rig).remove(link, of: "customer-1")
            guard case .refused = outcome.stop else {
                Issue.record("\(outcome)")
                return
            }
            #expect(outcome.words == [link: "refused"])
            #expect(try open(rig) == 0)
            rig.world.plan(list: "customer-1", .refuse(status: status))
            let listed = try await RemovalDesk(rig: rig).remove(link, of: "customer-1")
            #expect(listed.words == [link: "unreached"])
            guard case .refused = listed.stop else {
                Issue.record("\(listed)")
                return
            }
            #expect(rig.world.removals.count == 1)
        }
    }

    @Test func aLimitIsWaitedOutAndWhatIsNotSentIsSentAgain() async throws {
        try await withRig { rig in
            let link = try #require(try await linked(1, rig)["customer-1"])
            rig.world.plan(remove: link, .refuse(status: 429), .neverSent, .refuse(status: 429), .remove)
            #expect(try await RemovalDesk(rig: rig).remove(link, of: "customer-1").words == [link: "removed"])
            #expect(rig.world.removals.count == 4)
            #expect(try rig.eye().int("SELECT calls FROM removals") == 3, "what was never sent is no call")
        }
    }

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
            let cut = RemovalDesk(rig: rig) { _, control in await control.stop(.interrupted(signal: 2)) }
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
