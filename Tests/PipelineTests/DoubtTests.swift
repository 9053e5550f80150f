import Domain
import GRDB
import Pipeline
import RunSupport
import Testing

/// What is in doubt, and how reconciling settles it.
@Suite struct DoubtTests {
    /// A run that links one row, so that listing can be proven.
    private func prove(_ rig: RunRig) async throws {
        let outcome = try await rig.run([Sample.row("customer-0", "account-0")])
        #expect(outcome.states == [.linked: 1])
    }

    @Test(.timeLimit(.minutes(5)), arguments: [Duration.seconds(-3_600), .zero, .seconds(7_200)])
    func findsTheLinkWhateverBondsClockSays(_ offset: Duration) async throws {
        let world = World(bondOffset: offset, listDelay: .seconds(4))
        try await withRig(world) { rig in
            try await prove(rig)
            world.plan(bond: "account-1", .lost(made: true))
            let outcome = try await rig.run(Sample.rows(1))
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.states == [.linked: 1])
            #expect(outcome.recovered == 1)
            #expect(world.posts.count == 2)
            let row = try rig.row("account-1")
            #expect(row["evidence"] == "listed")
            #expect(row["linked_account_id"] == world.links.last?.id)
            #expect(row["token"] == String?.none)
        }
    }

    @Test(.timeLimit(.minutes(5))) func postsOnceMoreWhenAbsenceIsProven() async throws {
        let world = World()
        try await withRig(world) { rig in
            try await prove(rig)
            world.plan(bond: "account-1", .lost(made: false), .link)
            let before = world.clock.uptime
            let outcome = try await rig.run(Sample.rows(1))
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.states == [.linked: 1])
            #expect(world.posted == ["account-0", "account-1", "account-1"])
            #expect(world.mints.count == 2)
            #expect(outcome.rows.attempted == 1)
            #expect(world.clock.uptime - before >= .seconds(10))
            #expect(try rig.calls("account-1") == ["mint ok", "post lost", "list ok", "post ok"])
        }
    }

    @Test(.timeLimit(.minutes(5))) func postsNoThirdTimeInOneRun() async throws {
        let world = World()
        try await withRig(world) { rig in
            try await prove(rig)
            world.plan(bond: "account-1", .lost(made: false), .lost(made: false), .link)
            let outcome = try await rig.run(Sample.rows(1))
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.states == [.minted: 1, .linked: 0])
            #expect(world.posts.count == 3)
            let next = try await rig.run(Sample.rows(1))
            try expectSound(next, rig, read: 1)
            #expect(next.states == [.linked: 1])
        }
    }

    @Test(.timeLimit(.minutes(5))) func staysInReviewWhileListingIsUnproven() async throws {
        let world = World()
        world.plan(bond: "account-1", .lost(made: false))
        try await withRig(world) { rig in
            for run in 1...3 {
                let outcome = try await rig.run(Sample.rows(1))
                try expectSound(outcome, rig, read: 1)
                #expect(outcome.states == [.inDoubt: 1, .linked: 0], "run \(run)")
                #expect(try rig.row("account-1")["error_code"] == "listing_unproven")
            }
            #expect(world.posts.count == 1)
            let trusting = try await rig.run(Sample.rows(1), settings: settings { $0.trustList = true })
            try expectSound(trusting, rig, read: 1)
            #expect(trusting.states == [.linked: 1])
        }
    }

    @Test(.timeLimit(.minutes(5))) func isNotProvenByAListThatHidesTheNewestLink() async throws {
        let world = World()
        try await withRig(world) { rig in
            try await prove(rig)
            world.changeLinks { $0.isHidden = true }
            world.plan(bond: "account-1", .lost(made: true))
            // The made link does not show either: absence must not be believed.
            let outcome = try await rig.run(
                Sample.rows(1),
                onList: { [world] _, _ in world.changeLinks { $0.isHidden = true } }
            )
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.states == [.inDoubt: 1, .linked: 0])
            #expect(world.posts.count == 2)
            world.changeLinks { $0.isHidden = false }
            let next = try await rig.run(Sample.rows(1))
            try expectSound(next, rig, read: 1)
            #expect(next.states == [.linked: 1])
            #expect(next.recovered == 1)
            #expect(world.posts.count == 2)
        }
    }

    struct Listing: Sendable, CustomTestStringConvertible {
        let name: String
        let answer: ListScript
        let lists: Int
        var testDescription: String { name }
    }

    static let listings: [Listing] = [
        Listing(name: "403", answer: .refuse(status: 403), lists: 1),
        Listing(name: "404", answer: .refuse(status: 404, code: "customer_dne"), lists: 1),
        Listing(name: "401", answer: .refuse(status: 401), lists: 1),
        Listing(name: "500", answer: .refuse(status: 500), lists: 4),
        Listing(name: "lost", answer: .lost, lists: 4),
        Listing(name: "unusable", answer: .unusable, lists: 1),
    ]

    @Test(.timeLimit(.minutes(5)), arguments: listings)
    func aListThatCannotBeHadLeavesTheDoubtAndTheRunGoing(_ test: Listing) async throws {
        let world = World()
        try await withRig(world) { rig in
            try await prove(rig)
            world.plan(bond: "account-1", .lost(made: false))
            for _ in 0..<test.lists { world.plan(list: "customer-1", test.answer) }
            let outcome = try await rig.run(Sample.rows(3))
            try expectSound(outcome, rig, read: 3)
            #expect(outcome.stop == nil)
            #expect(outcome.states == [.inDoubt: 1, .linked: 2])
            #expect(try rig.row("account-1")["error_code"] == "listing_failed")
            #expect(try rig.row("account-1")["action"] == "review")
            let next = try await rig.run(Sample.rows(3))
            #expect(next.states == [.linked: 3])
            #expect(world.posts.count == 5)
        }
    }

    @Test(.timeLimit(.minutes(5))) func takesQueryParamsForAnEmptyListAndWaitsOutALimit() async throws {
        let world = World()
        try await withRig(world) { rig in
            try await prove(rig)
            world.plan(bond: "account-1", .lost(made: false))
            world.plan(list: "customer-1", .refuse(status: 429), .refuse(status: 400, code: "query_params"))
            let outcome = try await rig.run(Sample.rows(1))
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.states == [.linked: 1])
        }
    }

    struct Strangers: Sendable, CustomTestStringConvertible {
        let name: String
        /// Seconds from the POST, and what the list says of the link.
        let created: [Int]
        var dateText: String?
        var isRemoved = false
        let state: String
        var code: String?
        var testDescription: String { name }
    }

    static let strangers = [
        Strangers(name: "an older link", created: [-60], state: "linked"),
        Strangers(name: "a removed link", created: [0], isRemoved: true, state: "linked"),
        Strangers(name: "two in time", created: [0, 1], state: "in_doubt", code: "several_candidates"),
        Strangers(
            name: "a date that cannot be read",
            created: [0],
            dateText: "yesterday",
            state: "in_doubt",
            code: "unreadable_date"
        ),
    ]

    @Test(.timeLimit(.minutes(5)), arguments: strangers)
    func judgesLinksThatNoRowOwns(_ test: Strangers) async throws {
        let world = World()
        try await withRig(world) { rig in
            try await prove(rig)
            world.plan(bond: "account-1", .lost(made: false))
            let outcome = try await rig.run(
                Sample.rows(1),
                onPost: { [world] owner, _, _ in
                    guard world.posts.count == 2 else { return }
                    for (number, seconds) in test.created.enumerated() {
                        world.add(
                            MadeLink(
                                id: "stranger-\(number)",
                                owner: owner,
                                account: nil,
                                created: world.bondNow + .seconds(seconds),
                                visibleFrom: world.bondNow,
                                isRemoved: test.isRemoved,
                                dateText: test.dateText
                            )
                        )
                    }
                }
            )
            try expectSound(outcome, rig, read: 1)
            #expect(try rig.state("account-1") == test.state)
            #expect(try rig.row("account-1")["error_code"] == test.code)
            #expect(world.posts.count == (test.state == "linked" ? 3 : 2))
        }
    }

    @Test(.timeLimit(.minutes(5))) func neverTakesALinkThatAnotherRowOwns() async throws {
        let world = World()
        world.plan(bond: "account-1b", .lost(made: false))
        let rows = [Sample.row("customer-1", "account-1a"), Sample.row("customer-1", "account-1b")]
        try await withRig(world) { rig in
            try await prove(rig)
            let outcome = try await rig.run(rows)
            try expectSound(outcome, rig, read: 2)
            #expect(outcome.states == [.linked: 2])
            #expect(Set(world.links.map(\.id)).count == 3)
            let owned = try rig.eye().int("SELECT count(DISTINCT linked_account_id) FROM links")
            #expect(owned == 3)
        }
    }

    /// Bond gives back a link that another row owns: it has this bank account, and posting again changes nothing.
    @Test(.timeLimit(.minutes(5))) func anAnswerWithAnotherRowsLinkIsReviewedAndNotPostedAgain() async throws {
        let world = World()
        try await withRig(world) { rig in
            try await prove(rig)
            let owned = try #require(world.links.first?.id)
            world.plan(
                bond: "account-1",
                .answerWith(link: owned),
                .answerWith(link: owned),
                .answerWith(link: owned),
                .answerWith(link: owned)
            )
            for _ in 0..<3 {
                let outcome = try await rig.run([Sample.row("customer-0", "account-1")])
                try expectSound(outcome, rig, read: 1)
                #expect(outcome.states == [.inDoubt: 1, .linked: 0])
            }
            #expect(world.posted.filter { $0 == "account-1" }.count == 1)
            #expect(try rig.state("account-0") == "linked")
        }
    }

    @Test(.timeLimit(.minutes(5))) func holdsBackItsOwnCustomerAndNobodyElse() async throws {
        let world = World()
        world.plan(bond: "account-1", .lost(made: false))
        let rows =
            [
                Sample.row("customer-1", "account-1"), Sample.row("customer-1", "account-1b"),
                Sample.row("customer-1", "account-1c"),
            ]
            + Sample.rows(6).dropFirst()
        try await withRig(world) { rig in
            let outcome = try await rig.run(
                rows,
                settings: settings { $0.window = 1 },
                onList: { [world] _, _ in world.changeLinks { $0.isHidden = true } }
            )
            try expectSound(outcome, rig, read: 8)
            #expect(outcome.states == [.inDoubt: 1, .linked: 5, .pending: 2])
            #expect(outcome.rows.unreached == 2)
            #expect(world.posted.filter { $0.hasPrefix("account-1") }.count == 1)
            world.changeLinks { $0.isHidden = false }
            let next = try await rig.run(rows)
            try expectSound(next, rig, read: 8)
            #expect(next.states == [.linked: 8])
        }
    }

    @Test(.timeLimit(.minutes(5))) func rowsHeldBackGoOnOnceTheDoubtIsSettled() async throws {
        let world = World()
        world.plan(bond: "account-1", .lost(made: true))
        let rows = ["account-1", "account-1b", "account-1c"].map { Sample.row("customer-1", $0) }
        try await withRig(world) { rig in
            let outcome = try await rig.run(rows)
            try expectSound(outcome, rig, read: 3)
            #expect(outcome.states == [.linked: 3])
            #expect(outcome.recovered == 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func asksTheListOncePerOwnerAndRoundAndWaitsForSettling() async throws {
        let world = World(listDelay: .seconds(9))
        for account in 1...5 { world.plan(bond: "account-\(account)", .lost(made: true)) }
        try await withRig(world) { rig in
            let outcome = try await rig.run(Sample.rows(5))
            try expectSound(outcome, rig, read: 5)
            #expect(outcome.states == [.linked: 5])
            #expect(world.lists.sorted() == (1...5).map { "customer-\($0)" })
        }
    }

    /// The access token changes while the row is in doubt: what was made from the old one is not posted again.
    @Test(.timeLimit(.minutes(5))) func dropsAnOldTokensProcessorTokenWhenTheRowWasInDoubt() async throws {
        let world = World()
        world.plan(bond: "account-1", .lost(made: false), .link)
        try await withRig(world) { rig in
            _ = try await rig.run(
                Sample.rows(1),
                fate: { _, change in if case .inDoubt = change.event { .diesBefore } else { .works } }
            )
            let changed = [Sample.row("customer-1", "account-1", token: "access-sandbox-new")]
            let outcome = try await rig.run(changed, settings: settings { $0.trustList = true })
            try expectSound(outcome, rig, read: 1)
            #expect(outcome.states == [.linked: 1])
            #expect(world.mints.count == 2)
            #expect(Set(world.posts.map(\.token)).count == 2)
            #expect(try rig.row("account-1")["orphans"] == 1)
        }
    }
}
