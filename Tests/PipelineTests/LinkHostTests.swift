import Domain
import Ledger
import Pacing
import Pipeline
import RunSupport
import Testing

/// Pages for Link, against scripted remotes and a real ledger.
@Suite(.timeLimit(.minutes(5))) struct LinkHostTests {
    /// A host that works while a test plays its customers.
    private struct Bench: Sendable {
        let host: LinkHost
        let rig: RunRig
        let desk: CallingDesk
        let addresses: [Secret]

        var world: World { rig.world }

        /// Waits until a page shows something else than that it is being worked on.
        func settled(_ page: Int = 0) async throws -> LinkStanding? {
            for _ in 0..<2_000 {
                let standing = await host.standing(at: addresses[page])
                if standing != .working { return standing }
                try await Task.sleep(for: .milliseconds(2))
            }
            return .working
        }

        func expect(
            _ wanted: LinkStanding,
            _ page: Int = 0,
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let standing = try await settled(page)
            #expect(standing == wanted, sourceLocation: sourceLocation)
        }

        func openToken(_ page: Int = 0) async -> Secret? {
            if case .token(let secret) = await host.open(at: addresses[page]) { secret } else { nil }
        }
    }

    private static func invitee(_ number: Int, account: String? = nil, token: String? = nil) -> Invitee {
        Invitee(
            owner: Owner(kind: .customer, id: "customer-\(number)"),
            accountID: account,
            accessToken: token.map { Secret($0) },
            reference: "r-\(number)",
            position: InputPosition(file: "in.csv", line: number + 1)
        )
    }

    private static let policyForm = LinkForm(clientName: "Acme")

    private func withHost(
        _ invitees: [Invitee],
        _ rig: RunRig,
        beforeWork prepare: (Bench) async throws -> Void = { _ in },
        _ body: (Bench) async throws -> Void
    ) async throws {
        // The host looks around again and again: by the world's clock, which waits for nobody, that would be years.
        let desk = try CallingDesk(rig, clock: PacingClock(ContinuousClock()))
        let host = LinkHost(
            tools: desk.tools,
            board: desk.board,
            control: desk.control,
            handoff: Handoff(capacity: 4),
            ledger: desk.ledger,
            form: Self.policyForm
        )
        let policy = InvitationPolicy(now: rig.world.clock.now, form: Self.policyForm, choice: .all)
        let admissions = try await host.admit(invitees, policy: policy)
        let addresses = admissions.compactMap { if case .guest(_, _, let address) = $0 { address } else { nil } }
        let bench = Bench(host: host, rig: rig, desk: desk, addresses: addresses)
        try await prepare(bench)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await host.work() }
            try await body(bench)
            desk.control.stop(.told)
            try await group.waitForAll()
        }
        #expect(rig.world.faults.isEmpty, "\(rig.world.faults)")
        #expect(rig.world.doubleLinks.isEmpty)
    }

    private static let success = LinkSuccess(publicToken: Secret("public-1"), accountIDs: ["account-1", "account-2"])

    @Test func aNewConnectionIsLinkedWithAllItsAccounts() async throws {
        try await withRig { rig in
            try await withHost([Self.invitee(1)], rig) { bench in
                #expect(await bench.host.standing(at: bench.addresses[0]) == .ready(.firstTime))
                #expect(await bench.openToken() != nil)
                await bench.host.succeeded(at: bench.addresses[0], with: Self.success)
                try await bench.expect(.done)
                #expect(Set(rig.world.posted) == ["account-1", "account-2"])
                // It is over: nothing opens any more, and what is said twice does nothing.
                #expect(await bench.openToken() == nil)
                await bench.host.succeeded(at: bench.addresses[0], with: Self.success)
                #expect(await bench.host.standing(at: bench.addresses[0]) == .done)
                #expect(await bench.host.resume(at: bench.addresses[0]) == nil)
            }
            // Nobody who is through gets a page again.
            try await withHost([Self.invitee(1)], rig) { bench in #expect(bench.addresses.isEmpty) }
            #expect(rig.world.posted.count == 2)
        }
    }

    @Test func nobodyKnowsAPageByGuessing() async throws {
        try await withRig { rig in
            try await withHost([Self.invitee(1), Self.invitee(2)], rig) { bench in
                #expect(Set(bench.addresses).count == 2)
                #expect(bench.addresses.allSatisfy { $0.exposed.count == 64 })
                let stranger = Secret(String(repeating: "0", count: 64))
                #expect(await bench.host.standing(at: stranger) == nil)
                if case .over = await bench.host.open(at: stranger) {} else { Issue.record("opened for a stranger") }
                let text = String(decoding: ScratchFolder.bytes(of: rig.path + "-wal"), as: UTF8.self)
                #expect(bench.addresses.allSatisfy { !text.contains($0.exposed) })
            }
        }
    }

    @Test func aPageHasTheSameAddressAfterARestart() async throws {
        try await withRig { rig in
            var first: [Secret] = []
            try await withHost([Self.invitee(1)], rig) { first = $0.addresses }
            try await withHost([Self.invitee(1)], rig) { #expect($0.addresses == first) }
        }
    }

    @Test func aRepairIsBelievedWhenPlaidSaysSo() async throws {
        let world = World()
        world.plan(plaid: "account-1", .loginRequired)
        try await withRig(world) { rig in
            let row = Sample.row("customer-1", "account-1", token: "access-1")
            _ = try await rig.run([row])
            let invitee = Self.invitee(1, account: "account-1", token: "access-1")
            let broken = Refusal(api: .plaid, status: 400, type: "ITEM_ERROR", code: "ITEM_LOGIN_REQUIRED")
            world.put(item: "access-1", ItemReading(itemID: "i", error: broken))
            try await withHost([invitee], rig) { bench in
                #expect(await bench.host.standing(at: bench.addresses[0]) == .ready(.updateMode))
                _ = await bench.openToken()
                await bench.host.succeeded(at: bench.addresses[0], with: Self.success)
                try await bench.expect(.failed(.notRepaired))
                #expect(world.posted.isEmpty)
                world.put(item: "access-1", ItemReading(itemID: "i"))
                #expect(await bench.openToken() != nil)
                await bench.host.succeeded(at: bench.addresses[0], with: Self.success)
                try await bench.expect(.done)
                #expect(world.posted == ["account-1"])
                #expect(world.mints.allSatisfy { !$0.hasPrefix("exchange/") })
            }
        }
    }

    @Test func aLinkedRowWhoseConnectionIsRepairedIsNotPostedAgain() async throws {
        try await withRig { rig in
            let row = Sample.row("customer-1", "account-1", token: "access-1")
            _ = try await rig.run([row])
            try await withHost([Self.invitee(1, account: "account-1", token: "access-1")], rig) { bench in
                _ = await bench.openToken()
                await bench.host.succeeded(at: bench.addresses[0], with: Self.success)
                try await bench.expect(.done)
            }
            #expect(rig.world.posted == ["account-1"])
        }
    }

    @Test func aConnectionThatIsGoneIsMadeAnew() async throws {
        let world = World()
        world.plan(plaid: "link/customer-1/update", .refuse(status: 400, code: "ITEM_NOT_FOUND", type: "ITEM_ERROR"))
        try await withRig(world) { rig in
            try await withHost([Self.invitee(1, account: "account-old", token: "access-1")], rig) { bench in
                #expect(await bench.openToken() != nil)
                await bench.host.succeeded(at: bench.addresses[0], with: Self.success)
                try await bench.expect(.done)
                #expect(Set(world.posted) == ["account-1", "account-2"])
            }
        }
    }

    @Test func aPageThatWasClosedOnASuccessLosesNothing() async throws {
        let world = World()
        try await withRig(world) { rig in
            try await withHost([Self.invitee(1)], rig) { bench in
                #expect(await bench.openToken() != nil)
                // The customer comes back before Plaid was asked, and is not sent through Link again.
                world.put(session: .success([Self.success]), for: "customer-1")
                if case .over = await bench.host.open(at: bench.addresses[0]) {} else { Issue.record("opened again") }
                try await bench.expect(.done)
            }
            #expect(world.posted.count == 2)
        }
    }

    @Test func whoNeverComesBackIsAskedAboutAtPlaid() async throws {
        let world = World()
        try await withRig(world) { rig in
            try await withHost([Self.invitee(1)], rig) { bench in
                #expect(await bench.openToken() != nil)
                world.put(session: .success([Self.success]), for: "customer-1")
                world.clock.advance(by: .seconds(61))
                for _ in 0..<2_000 where await bench.host.standing(at: bench.addresses[0]) != .done {
                    try await Task.sleep(for: .milliseconds(2))
                }
                #expect(await bench.host.standing(at: bench.addresses[0]) == .done)
            }
        }
    }

    @Test func whoHasNotBeenThereIsAskedAboutEverLessOftenAndNotForEver() async throws {
        let world = World()
        try await withRig(world) { rig in
            try await withHost([Self.invitee(1)], rig) { bench in
                #expect(await bench.openToken() != nil)
                func asked() -> Int { world.mints.count { $0.hasPrefix("sessions/") } }
                /// Lets time pass, and waits for so many questions in all.
                func pass(_ seconds: Int, untilAsked count: Int) async throws {
                    world.clock.advance(by: .seconds(seconds))
                    for _ in 0..<5_000 where asked() < count { try await Task.sleep(for: .milliseconds(2)) }
                    #expect(asked() == count)
                }
                try await pass(61, untilAsked: 1)
                try await pass(50, untilAsked: 1)
                try await pass(20, untilAsked: 2)
                try await pass(121, untilAsked: 3)
                // Once Plaid does not know any more, the question that was due is the last.
                try await pass(11 * 3_600, untilAsked: 4)
                try await pass(3_600, untilAsked: 4)
                try await Task.sleep(for: .milliseconds(500))
                #expect(asked() == 4)
            }
        }
    }

    @Test func whosePlaidSaysIsFinishedIsAskedAboutAtOnce() async throws {
        let world = World()
        // Who waits for the minute is told nothing any more.
        world.planOutage(of: .lost, during: .seconds(30)..<Duration.seconds(86_400))
        try await withRig(world) { rig in
            try await withHost(
                [Self.invitee(1)],
                rig,
                beforeWork: { bench in
                    let token = try #require(await bench.openToken())
                    world.put(session: .success([Self.success]), for: "customer-1")
                    await bench.host.sessionFinished(linkToken: Secret("link-of-nobody"))
                    await bench.host.sessionFinished(linkToken: token)
                }
            ) { bench in
                for _ in 0..<500 where await bench.host.standing(at: bench.addresses[0]) != .done {
                    try await Task.sleep(for: .milliseconds(2))
                }
                #expect(await bench.host.standing(at: bench.addresses[0]) == .done)
                // Who is through stays so.
                await bench.host.sessionFinished(linkToken: Secret("link-of-nobody"))
                #expect(await bench.host.standing(at: bench.addresses[0]) == .done)
            }
            #expect(Set(world.posted) == ["account-1", "account-2"])
        }
    }

    @Test func aProcessThatDiedIsMadeUpForByTheNext() async throws {
        let world = World()
        try await withRig(world) { rig in
            try await withHost([Self.invitee(1)], rig) { bench in #expect(await bench.openToken() != nil) }
            world.put(session: .success([Self.success]), for: "customer-1")
            try await withHost([Self.invitee(1)], rig) { bench in
                for _ in 0..<2_000 where await bench.host.standing(at: bench.addresses[0]) != .done {
                    try await Task.sleep(for: .milliseconds(2))
                }
                #expect(await bench.host.standing(at: bench.addresses[0]) == .done)
            }
            #expect(Set(world.posted) == ["account-1", "account-2"])
        }
    }

    @Test func whatPassesIsTriedAgainWithoutTheCustomer() async throws {
        let world = World()
        world.plan(plaid: "account-1", .institutionDown, .institutionDown, .institutionDown, .institutionDown)
        try await withRig(world) { rig in
            let one = LinkSuccess(publicToken: Secret("public-1"), accountIDs: ["account-1"])
            try await withHost([Self.invitee(1)], rig) { bench in
                _ = await bench.openToken()
                await bench.host.succeeded(at: bench.addresses[0], with: one)
                for _ in 0..<4_000 where await bench.host.standing(at: bench.addresses[0]) != .done {
                    try await Task.sleep(for: .milliseconds(2))
                    world.clock.advance(by: .milliseconds(100))
                }
                #expect(await bench.host.standing(at: bench.addresses[0]) == .done)
                #expect(world.mints.count { $0 == "exchange/public-1" } == 1)
            }
        }
    }

    @Test func whatTheCustomerIsToldGoesByTheRows() async throws {
        let world = World()
        world.plan(bond: "account-1", .refuse(status: 400, message: "Failed to exchange token due to identity failure"))
        try await withRig(world) { rig in
            let one = LinkSuccess(publicToken: Secret("public-1"), accountIDs: ["account-1"])
            try await withHost([Self.invitee(1)], rig) { bench in
                _ = await bench.openToken()
                await bench.host.succeeded(at: bench.addresses[0], with: one)
                try await bench.expect(.failed(.identityMismatch))
            }
        }
    }

    @Test func wrongKeysStopTheHost() async throws {
        let world = World()
        world.plan(plaid: "link/customer-1", .wrongKeys)
        try await withRig(world) { rig in
            try await withHost([Self.invitee(1)], rig) { bench in
                if case .later = await bench.host.open(at: bench.addresses[0]) {} else { Issue.record("no later") }
                guard case .refused = bench.desk.board.stop else {
                    return #expect(Bool(false), "\(String(describing: bench.desk.board.stop))")
                }
            }
        }
    }
}
