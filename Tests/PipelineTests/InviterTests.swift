import Domain
import Ledger
import Logging
import Pacing
import Pipeline
import RunSupport
import Synchronization
import TestSupport
import Testing

/// Link tokens in bulk, against a scripted Plaid.
@Suite(.timeLimit(.minutes(5))) struct InviterTests {
    private struct Lines: InviteeSource {
        var batches: [[Invitee]]

        mutating func next() async throws -> InviteeBatch? {
            batches.isEmpty ? nil : InviteeBatch(invitees: batches.removeFirst())
        }
    }

    private static func lines(_ count: Int, token: Bool = true) -> Lines {
        let invitees = (1...count).map { number in
            Invitee(
                owner: Owner(kind: .customer, id: "customer-\(number)"),
                accountID: "account-\(number)",
                accessToken: token ? Secret("access-sandbox-\(number)") : nil,
                reference: nil,
                position: InputPosition(file: "in.csv", line: number + 1)
            )
        }
        return Lines(batches: [invitees])
    }

    private func invite(_ lines: Lines, _ rig: RunRig) async throws -> (outcomes: [String: Int], stop: RunStop?) {
        let desk = try CallingDesk(rig)
        let inviter = Inviter(
            tools: desk.tools,
            board: desk.board,
            control: desk.control,
            invitations: desk.ledger,
            policy: InvitationPolicy(now: rig.world.clock.now, form: LinkForm(clientName: "Acme"), choice: .all)
        )
        let outcomes = try await inviter.perform(lines) { Issue.record("\($0)") }
        #expect(rig.world.faults.isEmpty)
        return (
            Dictionary(uniqueKeysWithValues: outcomes.map { ($0.key.rawValue, $0.value) }).filter { $0.value > 0 },
            desk.board.stop
        )
    }

    @Test func whatIsGoneIsMadeAnewAndTheRestRepaired() async throws {
        let world = World()
        world.plan(plaid: "link/customer-2/update", .refuse(status: 400, code: "ITEM_NOT_FOUND", type: "ITEM_ERROR"))
        try await withRig(world) { rig in
            let (outcomes, stop) = try await invite(Self.lines(3), rig)
            #expect(outcomes == ["made": 3])
            #expect(stop == nil)
            #expect(
                try rig.eye().string("SELECT group_concat(mode) FROM (SELECT mode FROM invitations ORDER BY id)")
                    == "update_mode,first_time,update_mode"
            )
            // A second time nothing is asked of Plaid.
            let calls = world.mints.count
            #expect(try await invite(Self.lines(3), rig).outcomes == ["still_good": 3])
            #expect(world.mints.count == calls)
        }
    }

    @Test func whatPassesIsTriedAgainAndWhatDoesNotIsKept() async throws {
        let world = World()
        let passing = PlaidScript.refuse(status: 500, code: "INTERNAL_SERVER_ERROR", type: "API_ERROR")
        world.plan(plaid: "link/customer-1/update", passing, .lost)
        world.plan(
            plaid: "link/customer-2/update",
            .refuse(status: 429, code: "RATE_LIMIT", type: "RATE_LIMIT_EXCEEDED")
        )
        world.plan(
            plaid: "link/customer-3/update",
            .refuse(status: 400, code: "INVALID_ACCESS_TOKEN", type: "INVALID_INPUT")
        )
        try await withRig(world) { rig in
            let (outcomes, stop) = try await invite(Self.lines(3), rig)
            #expect(outcomes == ["made": 2, "failed": 1])
            #expect(stop == nil)
            #expect(
                try rig.eye().string("SELECT error_code FROM invitations WHERE token IS NULL") == "INVALID_ACCESS_TOKEN"
            )
        }
    }

    @Test func equalRefusalsFromTheBeginningOnAreTheForms() async throws {
        let world = World()
        for number in 1...40 {
            world.plan(
                plaid: "link/customer-\(number)",
                .refuse(status: 400, code: "INVALID_FIELD", type: "INVALID_REQUEST")
            )
        }
        try await withRig(world) { rig in
            let (outcomes, stop) = try await invite(Self.lines(40, token: false), rig)
            guard case .refused(let why) = stop else {
                Issue.record("\(String(describing: stop))")
                return
            }
            #expect(why.contains("INVALID_FIELD"))
            #expect(world.mints.count < 12, "\(world.mints.count) calls, \(outcomes)")
        }
    }

    @Test func wrongKeysStopAtTheFirst() async throws {
        let world = World(plaid: .refuse(status: 400, code: "INVALID_API_KEYS", type: "INVALID_INPUT"))
        try await withRig(world) { rig in
            let (_, stop) = try await invite(Self.lines(40), rig)
            guard case .refused = stop else {
                Issue.record("\(String(describing: stop))")
                return
            }
            #expect(world.mints.count <= 2)
        }
    }
}
