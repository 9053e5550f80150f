import Domain
import Ledger
import Pipeline
import RunSupport
import Synchronization
import Testing

/// Rows of a worker's input that other workers have in hand.
@Suite(.timeLimit(.minutes(5))) struct ElsewhereTests {
    private static func owner(_ number: Int) -> Owner { Owner(kind: .customer, id: "customer-\(number)") }

    /// Runs rows of which others have some in hand, and expects that nothing is kept from them in the end.
    private func run(
        _ rows: [InputRow],
        _ rig: RunRig,
        others: [Int: SharedDesk.Others],
        settings: RunSettings = RunSettings(),
        onPost: RunRig.PostHook? = nil,
        onReadmit: @escaping @Sendable (SharedDesk) async -> Void = { _ in }
    ) async throws -> (RunRig.Outcome, SharedDesk) {
        let made = Mutex(SharedDesk?.none)
        let owners = Dictionary(uniqueKeysWithValues: others.map { (Self.owner($0), $1) })
        let outcome = try await rig.run(
            rows,
            settings: settings,
            sharing: { ledger in
                let desk = SharedDesk(ledger, others: owners, onReadmit: onReadmit)
                made.withLock { $0 = desk }
                return desk
            },
            onPost: onPost
        )
        let desk = try #require(made.withLock { $0 })
        #expect(desk.held.isEmpty, "an owner that is not given back is nobody else's either")
        return (outcome, desk)
    }

    @Test func whatOthersAreDoneWithIsSkippedAndNotAsked() async throws {
        try await withRig { rig in
            let (outcome, desk) = try await run(
                Sample.rows(3),
                rig,
                others: [1: .init(0, .done(.rejected)), 2: .init(4, .done(.retryable))]
            )
            try expectSound(outcome, rig, read: 3)
            #expect(rig.world.mints == ["account-3"])
            #expect(outcome.rows.skipped == 2)
            #expect(outcome.rows.attempted == 1)
            #expect(outcome.rows.unreached == 0)
            #expect(desk.asked(Self.owner(2)) == 5)
        }
    }

    @Test(arguments: [0, 3]) func whatComesFreeIsTriedAsItIsNow(_ rounds: Int) async throws {
        try await withRig { rig in
            let token = Secret(rig.world.makeToken("account-2"))
            let (outcome, desk) = try await run(
                Sample.rows(3),
                rig,
                others: [1: .init(rounds, .free), 2: .init(rounds, .minted(token))]
            )
            try expectSound(outcome, rig, read: 3)
            #expect(outcome.states == [.linked: 3])
            #expect(outcome.rows.attempted == 3 && outcome.rows.skipped == 0)
            #expect(Set(rig.world.mints) == ["account-1", "account-3"], "a token that is there is posted")
            #expect(rig.world.posts.contains { $0.token == token.exposed })
            #expect(desk.asked(Self.owner(1)) == rounds + 1)
        }
    }

    @Test func aDoubtThatOthersLeftIsSettledBeforeItsOwnersRowsGoOn() async throws {
        try await withRig { rig in
            let (outcome, _) = try await run(Sample.rows(3), rig, others: [2: .init(1, .doubt)])
            #expect(outcome.rows.read == 3)
            #expect(rig.world.posted.last == "account-2")
            #expect(outcome.states == [.linked: 3])
        }
    }

    @Test(arguments: [false, true]) func aRunThatIsStoppedLeavesThemUnreached(_ isWaiting: Bool) async throws {
        try await withRig { rig in
            let stopper = Mutex(RunRig.Stopper?.none)
            let (outcome, _) = try await run(
                Sample.rows(2),
                rig,
                others: [1: .init(.max, .free)],
                onPost: { _, _, stop in
                    stopper.withLock { $0 = stop }
                    if !isWaiting { await stop(.deadline) }
                },
                onReadmit: { desk in
                    if desk.asked(Self.owner(1)) == 3 { await stopper.withLock { $0 }?(.deadline) }
                }
            )
            try expectSound(outcome, rig, read: 2)
            #expect(outcome.stop == .deadline)
            #expect(outcome.rows.unreached == 1)
            #expect(outcome.states == [.linked: 1, .pending: 1])
        }
    }

    /// Its POST was lost, Bond does not list it, and before it is posted once more others have its owner in hand.
    @Test(arguments: [0, 2], [true, false])
    func aRowThatWasFoundAbsentIsCountedOnce(_ rounds: Int, _ isFree: Bool) async throws {
        let world = World()
        world.plan(bond: "account-1", .lost(made: false))
        try await withRig(world) { rig in
            let (outcome, desk) = try await run(
                Sample.rows(2),
                rig,
                others: [1: .init(rounds, isFree ? .free : .done(.retryable), areLate: true)],
                settings: settings { $0.settle = .seconds(20) }
            )
            #expect(world.doubleLinks.isEmpty)
            #expect(outcome.rows.attempted == 2)
            #expect(outcome.rows.skipped == 0)
            #expect(outcome.rows.unreached == 0)
            #expect(outcome.states == (isFree ? [.linked: 2] : [.linked: 1, .minted: 1]))
            #expect(desk.asked(Self.owner(1)) == rounds + 1)
        }
    }

    /// Others may be waiting for the owner of a row whose refusal is not certain yet, as this one waits for theirs.
    @Test func whoWaitsKeepsNobodyWaiting() async throws {
        let world = World()
        world.plan(bond: "account-1", .unknownOwner)
        try await withRig(world) { rig in
            let kept = Mutex<Set<Owner>>([])
            let (outcome, _) = try await run(
                Sample.rows(2),
                rig,
                others: [2: .init(5, .done(.retryable))],
                onReadmit: { desk in
                    if desk.asked(Self.owner(2)) == 3 { kept.withLock { $0 = desk.held } }
                }
            )
            try expectSound(outcome, rig, read: 2)
            #expect(outcome.states == [.linked: 0, .rejected: 1, .pending: 1])
            #expect(kept.withLock { $0 }.isEmpty)
        }
    }

    @Test func theInputWaitsWhereOthersHaveTooMany() async throws {
        try await withRig { rig in
            let others = Dictionary(
                uniqueKeysWithValues: (1...5_000).map { ($0, SharedDesk.Others(2, .done(.linked))) }
            )
            let (outcome, desk) = try await run(Sample.rows(5_010), rig, others: others)
            #expect(outcome.rows.skipped == 5_000)
            #expect(outcome.rows.attempted == 10)
            #expect(desk.largest <= 1_024)
        }
    }

    /// The POST must have left before others may think this worker gone.
    @Test func aPOSTDoesNotLeaveOnAnIntentThatIsAsOldAsHalfALease() async throws {
        try await withRig { rig in
            let intents = Mutex(0)
            let outcome = try await rig.run(
                Sample.rows(1),
                settings: settings { $0.settle = .seconds(600) },
                sharing: { ledger in
                    SharedDesk(ledger, lease: .seconds(8)) { [world = rig.world] change in
                        guard case .intent = change.event else { return }
                        let number = intents.withLock { intents in
                            intents += 1
                            return intents
                        }
                        if number < 3 { world.clock.advance(by: .milliseconds(4_001)) }
                    }
                }
            )
            try expectSound(outcome, rig, read: 1)
            #expect(intents.withLock { $0 } == 3)
            #expect(try rig.calls("account-1") == ["mint ok", "post never_sent", "post never_sent", "post ok"])
            #expect(rig.world.posted.count == 1)
        }
    }
}
