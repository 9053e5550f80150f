import Domain
import GRDB
import Ledger
import Pipeline
import RunSupport
import Testing

/// Removes what Bond lists, by intent, DELETE and list; whatever happens in between, the ledger says what is true.
@Suite(.timeLimit(.minutes(5))) struct RemovalTests {
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
            let control = RemovalDesk(rig: rig) { _, control in control.stop(.interrupted(signal: 2)) }
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
}
