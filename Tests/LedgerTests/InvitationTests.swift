import Domain
import Ledger
import RunSupport
import Testing

/// Who needs a link token, and what the ledger keeps of one.
@Suite(.timeLimit(.minutes(5)), .everyEngine) struct InvitationTests {
    private static let form = LinkForm(clientName: "Acme")

    private static func invitee(
        _ customer: String = "customer-1",
        account: String? = "account-1",
        token: String? = "access-sandbox-1"
    ) -> Invitee {
        Invitee(
            owner: Owner(kind: .customer, id: customer),
            accountID: account,
            accessToken: token.map { Secret($0) },
            reference: "r",
            position: InputPosition(file: "in.csv", line: 2)
        )
    }

    private static func policy(
        at: Timestamp = Sample.start,
        form: LinkForm = form,
        choice: InvitationChoice = .all
    ) -> InvitationPolicy {
        InvitationPolicy(now: at, form: form, choice: choice)
    }

    private static func token(hoursFromStart hours: Int = 4) -> LinkToken {
        LinkToken(
            secret: Secret("link-sandbox-canary"),
            expiration: (Sample.start + .seconds(hours * 3_600)).description,
            hostedURL: Secret("https://secure.plaid.com/hl/canary")
        )
    }

    private static func open(_ path: String, _ run: Int) throws -> LedgerWriter {
        try LedgerWriter(Sample.opening(path, runID: "run-\(run)"))
    }

    /// Makes the invitation's token in a run of its own.
    private static func make(_ path: String, _ invitee: Invitee = invitee()) async throws -> Invitation.ID {
        let ledger = try open(path, 1)
        guard case .make(let id, let mode) = try await ledger.admit([invitee], policy: policy()).first else {
            throw LedgerError.noSuchRow("no token is asked for")
        }
        try await ledger.commit(.made(token(), mode), of: id, requestID: "request", at: Sample.start)
        return id
    }

    @Test func aTokenThatIsGoodIsNotMadeAgain() async throws {
        try await Desk.withPath { path in
            _ = try await Self.make(path)
            let ledger = try Self.open(path, 2)
            let admissions = try await ledger.admit([Self.invitee(), Self.invitee()], policy: Self.policy())
            #expect(admissions == [.stillGood, .duplicate])
            let kept = try await ledger.invitations(after: 0, limit: 9)
            #expect(kept.map { $0.token?.secret.exposed } == ["link-sandbox-canary"])
            #expect(kept.first?.token?.hostedURL?.exposed == "https://secure.plaid.com/hl/canary")
        }
    }

    @Test(arguments: ["expired", "nearly", "form", "token", "none"])
    func whatHasExpiredOrIsForSomethingElseIsMadeAnew(_ change: String) async throws {
        try await Desk.withPath { path in
            let id = try await Self.make(path)
            let ledger = try Self.open(path, 2)
            var (at, form, invitee) = (Sample.start, Self.form, Self.invitee())
            switch change {
            case "expired": at = Sample.start + .seconds(5 * 3_600)
            case "nearly": at = Sample.start + .seconds(4 * 3_600 - 299)
            case "form": form.language = "es"
            case "token": invitee = Self.invitee(token: "access-sandbox-2")
            default: invitee = Self.invitee(token: nil)
            }
            let mode = change == "none" ? LinkMode.firstTime : .updateMode
            #expect(try await ledger.admit([invitee], policy: Self.policy(at: at, form: form)) == [.make(id, mode)])
            // What is not good any more is handed out no more, should the new one fail.
            try await ledger.commit(.failed(Sample.failure()), of: id, requestID: nil, at: at)
            let kept = try #require(try await ledger.invitations(after: 0, limit: 9).first)
            #expect(kept.token == nil)
            #expect(kept.failure?.code == "some_code")
        }
    }

    @Test func whatAnotherKeySealedIsMadeAnew() async throws {
        try await Desk.withPath { path in
            let id = try await Self.make(path)
            let other = LedgerKeys.Source.ledgerKey(Secret("another"))
            let ledger = try LedgerWriter(Sample.opening(path, key: other, runID: "run-2"))
            #expect(try await ledger.admit([Self.invitee()], policy: Self.policy()) == [.make(id, .updateMode)])
            // Nothing has become of it yet, so there is nothing to hand out.
            #expect(try await ledger.invitations(after: 0, limit: 9).isEmpty)
        }
    }

    @Test func aRowWhoseConnectionIsGoneIsForANewOne() async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            try await desk.ledger.bring(link, to: .needsUser)
            for (action, mode) in [("relink", LinkMode.firstTime), ("update_mode", .updateMode)] {
                try desk.eye.execute("UPDATE links SET action = '\(action)'; DELETE FROM invitations")
                let admission = try await desk.ledger.admit([Self.invitee()], policy: Self.policy()).first
                guard case .make(_, mode) = admission else {
                    Issue.record("\(action): \(String(describing: admission))")
                    continue
                }
            }
        }
    }

    @Test func onlyRowsInTheStatesAskedForAreInvited() async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            try await desk.ledger.bring(link, to: .needsUser)
            let all = [
                Self.invitee(), Self.invitee(account: "other"), Self.invitee("customer-2"), Self.invitee(account: nil),
            ]
            let wanted = Self.policy(choice: .only([.needsUser], unhealthy: false))
            let admissions = try await desk.ledger.admit(all, policy: wanted)
            let isLeftOut = admissions.map { $0 == .leftOut }
            // A line without an account stands for any of its owner's that needs one.
            #expect(isLeftOut == [false, true, true, false])
            let none = try await desk.ledger.admit(
                all,
                policy: Self.policy(choice: .only([.rejected], unhealthy: false))
            )
            #expect(none == Array(repeating: .leftOut, count: 4))
        }
    }

    @Test func tokensAreSealed() async throws {
        try await Desk.withPath { path in
            _ = try await Self.make(path)
            for file in [path, path + "-wal"] {
                let text = String(decoding: ScratchFolder.bytes(of: file), as: UTF8.self)
                #expect(!text.contains("canary"), "\(file)")
            }
        }
    }
}
