import Domain
import Ledger
import Pipeline
import RunSupport
import Testing

/// How the connections behind rows are, against a scripted Plaid and a real ledger.
@Suite(.timeLimit(.minutes(5))) struct ItemCheckerTests {
    /// The token of a row, counted from 0 as everywhere here.
    private static func token(_ number: Int) -> String { Sample.rows(number + 1)[number].credential.secret.exposed }

    private static func reading(
        _ code: String? = nil,
        type: String = "ITEM_ERROR",
        consent: Timestamp? = nil
    ) -> ItemReading {
        ItemReading(
            itemID: "item",
            institutionName: "First Platypus Bank",
            error: code.map { Refusal(api: .plaid, status: 400, type: type, code: $0, message: "said \($0)") },
            consentExpiresAt: consent
        )
    }

    /// Checks the Items of rows, with everything that may be asked twelve hours later.
    @discardableResult private func check(
        _ rows: [InputRow],
        _ rig: RunRig,
        after wait: Duration = .seconds(13 * 3_600)
    ) async throws -> (outcomes: [String: Int], stop: RunStop?) {
        rig.world.clock.advance(by: wait)
        let desk = try CallingDesk(rig)
        let checker = ItemChecker(
            tools: desk.tools,
            board: desk.board,
            control: desk.control,
            items: desk.ledger,
            policy: ItemPolicy(
                now: rig.world.clock.now,
                olderThan: .seconds(12 * 3_600),
                consentWithin: .seconds(14 * 86_400)
            )
        )
        let outcomes = try await checker.perform(ArrayRows(rows)) { Issue.record("\($0)") }
        #expect(rig.world.faults.isEmpty)
        let counts = outcomes.filter { $0.value > 0 }.map { ($0.key.rawValue, $0.value) }
        return (Dictionary(uniqueKeysWithValues: counts), desk.board.stop)
    }

    private func item(_ number: Int, _ rig: RunRig) throws -> ReportRow {
        var found: ReportRow?
        try LedgerReader(path: rig.path).forEachRow { row in
            if row.accountID == "account-\(number + 1)" { found = row }
        }
        return try #require(found)
    }

    private func asked(_ prefix: String, _ world: World) -> Int { world.mints.count { $0.hasPrefix(prefix) } }

    @Test func aLinkedRowStaysLinkedAndIsNotPostedAgainWhateverItsItemIsLike() async throws {
        try await withRig { rig in
            let rows = Sample.rows(3)
            _ = try await rig.run(rows)
            rig.world.put(item: Self.token(1), Self.reading("ITEM_LOGIN_REQUIRED"))
            #expect(try await check(rows, rig).outcomes == ["healthy": 2, "unhealthy": 1])
            let broken = try item(1, rig)
            #expect((broken.state, broken.action) == (.linked, .updateMode))
            #expect(broken.failure?.code == "ITEM_LOGIN_REQUIRED")
            #expect(broken.item?.unhealthySince != nil)
            #expect(try item(0, rig).action == .none)
            let posts = rig.world.posts.count
            let again = try await rig.run(rows)
            #expect(rig.world.posts.count == posts)
            #expect(again.states == [.linked: 3])
            // The bank was signed in to again: whoever looks is told since when.
            rig.world.put(item: Self.token(1), Self.reading())
            #expect(try await check(rows, rig).outcomes == ["healthy": 2, "repaired": 1])
            #expect(try item(1, rig).action == .none)
            #expect(try item(1, rig).item?.repairedAt != nil)
            #expect(try item(1, rig).item?.unhealthySince == nil)
        }
    }

    @Test func sinceWhenAnItemDoesNotWorkIsTheFirstCheckThatSawIt() async throws {
        try await withRig { rig in
            _ = try await rig.run(Sample.rows(1))
            rig.world.put(item: Self.token(0), Self.reading("ITEM_LOGIN_REQUIRED"))
            try await check(Sample.rows(1), rig)
            let since = try item(0, rig).item?.unhealthySince
            rig.world.put(item: Self.token(0), Self.reading("ITEM_LOCKED"))
            try await check(Sample.rows(1), rig)
            #expect(try item(0, rig).item?.unhealthySince == since)
            #expect(try item(0, rig).failure?.code == "ITEM_LOCKED")
        }
    }

    @Test func whatWorksAgainIsTriedByTheNextRun() async throws {
        let world = World()
        world.plan(plaid: "account-1", .loginRequired)
        try await withRig(world) { rig in
            let rows = Sample.rows(1)
            _ = try await rig.run(rows)
            #expect(try rig.state("account-1") == "needs_user")
            #expect(try await rig.run(rows).rows.attempted == 0)
            world.put(item: Self.token(0), Self.reading("ITEM_LOGIN_REQUIRED"))
            #expect(try await check(rows, rig, after: .seconds(1)).outcomes == ["unhealthy": 1])
            #expect(try await rig.run(rows).rows.attempted == 0)
            world.put(item: Self.token(0), Self.reading())
            #expect(try await check(rows, rig, after: .seconds(12 * 3_600)).outcomes == ["repaired": 1])
            #expect(try await rig.run(rows).states == [.linked: 1])
        }
    }

    @Test func aRowWhoseAccountIsGoneWaitsForAPersonThoughItsConnectionWorks() async throws {
        let world = World()
        world.plan(plaid: "account-1", .refuse(status: 400, code: "INVALID_ACCOUNT_ID", type: "INVALID_INPUT"))
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(1))
            #expect(try await check(Sample.rows(1), rig, after: .seconds(1)).outcomes == ["healthy": 1])
            #expect(try await rig.run(Sample.rows(1)).rows.attempted == 0)
            #expect(try item(0, rig).action == .updateMode)
        }
    }

    @Test func aBanksTroubleIsNobodysToMend() async throws {
        try await withRig { rig in
            _ = try await rig.run(Sample.rows(1))
            rig.world.put(item: Self.token(0), Self.reading("INSTITUTION_DOWN", type: "INSTITUTION_ERROR"))
            #expect(try await check(Sample.rows(1), rig).outcomes == ["troubled": 1])
            #expect(try item(0, rig).action == .retry)
            var unhealthy = 0
            try LedgerReader(path: rig.path).forEachRow(matching: RowFilter(isUnhealthy: true)) { _ in unhealthy += 1 }
            #expect(unhealthy == 0)
        }
    }

    @Test func aConsentThatEndsSoonNeedsItsUser() async throws {
        try await withRig { rig in
            _ = try await rig.run(Sample.rows(2))
            let now = rig.world.clock.now
            rig.world.put(item: Self.token(0), Self.reading(consent: now + .seconds(10 * 86_400)))
            rig.world.put(item: Self.token(1), Self.reading(consent: now + .seconds(30 * 86_400)))
            #expect(try await check(Sample.rows(2), rig).outcomes == ["healthy": 1, "unhealthy": 1])
            let row = try item(0, rig)
            #expect((row.action, row.failure?.code) == (.updateMode, ItemHealth.consentCode))
            #expect(row.item?.consentExpiresAt == now + .seconds(10 * 86_400))
        }
    }

    @Test func oneItemIsAskedAboutOnceForAllItsRowsAndNotAgainForHours() async throws {
        try await withRig { rig in
            let rows = (0..<3).map { Sample.row("customer-1", "account-\($0)", token: "access-sandbox-shared") }
            for row in rows { _ = try await rig.run([row]) }
            #expect(try await check(rows + rows, rig).outcomes == ["healthy": 1, "same_item": 5])
            #expect(asked("item/", rig.world) == 1)
            #expect(
                try await check(rows, rig, after: .seconds(3_600)).outcomes == ["checked_before": 1, "same_item": 2]
            )
            #expect(asked("item/", rig.world) == 1)
            rig.world.put(item: "access-sandbox-shared", Self.reading("ITEM_LOGIN_REQUIRED"))
            #expect(try await check(rows, rig).outcomes == ["unhealthy": 1, "same_item": 2])
            // What was found not long ago holds.
            #expect(try await check(rows, rig, after: .seconds(1)).outcomes == ["unhealthy": 1, "same_item": 2])
            #expect(asked("item/", rig.world) == 2)
        }
    }

    @Test func rowsWhoseConnectionDoesNotMatterAreLeftOut() async throws {
        let world = World()
        world.plan(plaid: "account-1", .badToken)
        world.plan(plaid: "account-2", .refuse(status: 400, code: "ITEM_NOT_FOUND", type: "ITEM_ERROR"))
        try await withRig(world) { rig in
            _ = try await rig.run(Sample.rows(2))
            #expect(try await check(Sample.rows(3), rig).outcomes == ["left_out": 3])
            #expect(asked("item/", world) == 0)
        }
    }

    @Test func keysOfAnotherClientSayNothingAboutTheItems() async throws {
        try await withRig { rig in
            let rows = Sample.rows(8)
            _ = try await rig.run(rows)
            for number in 0..<8 { rig.world.plan(plaid: "item/\(Self.token(number))", .badToken) }
            let (_, stop) = try await check(rows, rig)
            guard case .refused(let why) = stop else { return #expect(Bool(false), "\(String(describing: stop))") }
            #expect(why.contains("INVALID_ACCESS_TOKEN"))
            #expect(try rig.eye().int("SELECT count(*) FROM items WHERE action <> 'none'") == 0)
            rig.world.clearPlans()
            // With the right ones a token that is unknown among others is the row's.
            rig.world.plan(plaid: "item/\(Self.token(0))", .badToken)
            let mended = try await check(rows, rig)
            #expect(mended.outcomes == ["unhealthy": 1, "healthy": 7])
            #expect(try item(0, rig).action == .fixRow)
            #expect(mended.stop == nil)
        }
    }

    @Test func anItemThatIsGoneIsToBeLinkedAnew() async throws {
        try await withRig { rig in
            _ = try await rig.run(Sample.rows(1))
            rig.world.plan(
                plaid: "item/\(Self.token(0))",
                .refuse(status: 400, code: "ITEM_NOT_FOUND", type: "ITEM_ERROR")
            )
            #expect(try await check(Sample.rows(1), rig).outcomes == ["unhealthy": 1])
            #expect(try item(0, rig).action == .relink)
        }
    }

    @Test func noAnswerChangesNothing() async throws {
        try await withRig { rig in
            _ = try await rig.run(Sample.rows(1))
            rig.world.plan(plaid: "item/\(Self.token(0))", .lost, .lost, .lost, .lost)
            #expect(try await check(Sample.rows(1), rig).outcomes == ["failed": 1])
            #expect(try item(0, rig).item == nil)
            #expect(try await check(Sample.rows(1), rig, after: .seconds(1)).outcomes == ["healthy": 1])
        }
    }

    @Test(arguments: ["persistent_account_id", "mask_name_subtype"])
    func anAccountWithANewIDIsProposedAndNeverSwitched(by evidence: String) async throws {
        try await withRig { rig in
            let rows = Sample.rows(1)
            let lasting = evidence == "persistent_account_id"
            func account(_ id: String, name: String = "Canary Checking") -> PlaidAccount {
                PlaidAccount(
                    id: id,
                    persistentID: lasting ? "lasting" : nil,
                    mask: "8842",
                    name: name,
                    subtype: "checking"
                )
            }
            _ = try await rig.run(rows)
            rig.world.put(item: Self.token(0), Self.reading(), accounts: [account("account-1")])
            try await check(rows, rig)
            rig.world.put(item: Self.token(0), Self.reading("ITEM_LOGIN_REQUIRED"))
            try await check(rows, rig)
            // After the repair the account has a new id; its name may have changed where it has a lasting one.
            let renamed = account("account-new", name: lasting ? "Everyday" : "Canary Checking")
            rig.world.put(item: Self.token(0), Self.reading(), accounts: [renamed])
            try await check(rows, rig)
            let row = try item(0, rig)
            #expect(row.item?.proposedAccountID == "account-new")
            #expect(row.item?.proposedBy == evidence)
            #expect((row.accountID, row.state) == ("account-1", .linked))
            #expect(rig.world.posts.count == 1)
            // It is back: nothing is proposed any more.
            rig.world.put(item: Self.token(0), Self.reading(), accounts: [account("account-1")])
            try await check(rows, rig)
            #expect(try item(0, rig).item?.proposedAccountID == nil)
            for file in [rig.path, rig.path + "-wal"] {
                let text = String(decoding: ScratchFolder.bytes(of: file), as: UTF8.self)
                #expect(!text.contains("Canary") && !text.contains("8842") && !text.contains("lasting"))
            }
        }
    }

    @Test func accountsThatCannotBeToldApartOrHaveARowAreNotProposed() async throws {
        try await withRig { rig in
            let rows = Sample.rows(1)
            func account(_ id: String) -> PlaidAccount {
                PlaidAccount(id: id, persistentID: nil, mask: "8842", name: "Checking", subtype: "checking")
            }
            _ = try await rig.run(rows)
            rig.world.put(item: Self.token(0), Self.reading(), accounts: [account("account-1")])
            try await check(rows, rig)
            func proposal(_ accounts: [PlaidAccount]) async throws -> String? {
                try rig.eye().execute("UPDATE accounts SET missing_since = 1")
                rig.world.put(item: Self.token(0), Self.reading(), accounts: accounts)
                try await check(rows, rig)
                return try item(0, rig).item?.proposedAccountID
            }
            #expect(try await proposal([account("a"), account("b")]) == nil)
            #expect(try await proposal([account("a")]) == "a")
            #expect(try await proposal([]) == nil)
            _ = try await rig.run([Sample.row("customer-1", "a")])
            #expect(try await proposal([account("a")]) == nil)
        }
    }

    @Test func aStopLeavesTheRestUnreached() async throws {
        try await withRig { rig in
            _ = try await rig.run(Sample.rows(30))
            rig.world.plan(plaid: "item/\(Self.token(3))", .wrongKeys)
            let (outcomes, stop) = try await check(Sample.rows(30), rig)
            guard case .refused = stop else { return #expect(Bool(false), "\(String(describing: stop))") }
            #expect(outcomes["unreached", default: 0] > 0)
            #expect(outcomes.values.reduce(0, +) == 30)
        }
    }
}
