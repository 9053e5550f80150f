import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// Every step from every state: the ones that are allowed, and that no other changes anything.
@Suite(.everyEngine) struct StateMachineTests {
    /// A step's name, what it is, and the states it may be taken from with the states it leads to.
    struct Step: Sendable, CustomTestStringConvertible {
        let name: String
        let event: @Sendable (LedgerWriter, Link) -> LinkChange.Event
        let leads: [Standing: String]
        var testDescription: String { name }
    }

    private static let open: [Standing] = Standing.allCases.filter { ![.posting, .inDoubt, .linked].contains($0) }

    private static func each(_ from: [Standing], to state: String? = nil) -> [Standing: String] {
        Dictionary(uniqueKeysWithValues: from.map { ($0, state ?? $0.state) })
    }

    static let steps: [Step] = [
        Step(name: "mintSent", event: { _, _ in .mintSent }, leads: each(open)),
        Step(name: "minted", event: { .minted($0.token($1), of: $1.identity) }, leads: each(open, to: "minted")),
        Step(name: "mintFailed", event: { _, _ in .mintFailed(orphaned: true) }, leads: each(open)),
        Step(
            name: "settled",
            event: { _, _ in .settled(Sample.settlement(.needsUser, .relink), orphaned: false) },
            leads: each(open, to: "needs_user")
        ),
        Step(
            name: "tokenDiscarded",
            event: { _, _ in .tokenDiscarded },
            leads: [.minted: "pending", .retryableWithToken: "retryable"]
        ),
        Step(
            name: "intent",
            event: { _, _ in .intent(clockOffset: nil) },
            leads: each([.minted, .retryableWithToken], to: "posting")
        ),
        Step(name: "intentClosed", event: { _, _ in .intentClosed(left: true) }, leads: [.posting: "minted"]),
        Step(
            name: "linked",
            event: { _, _ in .linked(Sample.bondAccount("link-new"), .answered) },
            leads: each([.posting, .inDoubt], to: "linked")
        ),
        Step(
            name: "postSettled",
            event: { _, _ in .postSettled(Sample.settlement(.retryable)) },
            leads: [.posting: "retryable"]
        ),
        Step(
            name: "inDoubt",
            event: { _, _ in .inDoubt(Sample.failure(), cause: .unanswered) },
            leads: [.posting: "in_doubt"]
        ),
        Step(name: "stillInDoubt", event: { _, _ in .stillInDoubt(Sample.failure()) }, leads: each([.inDoubt])),
        Step(
            name: "provenAbsent",
            event: { _, _ in .provenAbsent(because: "not listed") },
            leads: [.inDoubt: "minted"]
        ),
        // What no verdict settled is not put in doubt again.
        Step(name: "reopened", event: { _, _ in .reopened(because: "a slip") }, leads: [:]),
        Step(name: "stoppedRun", event: { _, _ in .stoppedRun }, leads: each(Standing.allCases)),
        Step(name: "unlinked", event: { _, _ in .unlinked(Sample.failure()) }, leads: [.linked: "unlinked"]),
        Step(name: "missedByAudit", event: { _, _ in .missedByAudit }, leads: each([.linked])),
        Step(name: "seenByAudit", event: { _, _ in .seenByAudit(Sample.bondAccount()) }, leads: each([.linked])),
        Step(name: "noted", event: { _, _ in .noted }, leads: each(Standing.allCases)),
    ]

    @Test(.timeLimit(.minutes(5)), arguments: steps, Standing.allCases)
    func takesOrRefuses(_ step: Step, _ from: Standing) async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            try await desk.ledger.bring(link, to: from)
            let before = try desk.eye.fingerprint()
            let calls = try desk.eye.int("SELECT count(*) FROM attempts") ?? 0
            let change = LinkChange(
                link.id,
                step.event(desk.ledger, link),
                at: Sample.start + .seconds(5),
                attempt: Sample.attempt(.post)
            )
            if let state = step.leads[from] {
                #expect(try await desk.ledger.commit(change) == .done)
                #expect(try desk.eye.string("SELECT state FROM links") == state)
                #expect(try desk.eye.int("SELECT count(*) FROM attempts") == calls + 1)
            } else {
                await #expect(throws: LedgerError.illegalStep(link: link.id, step: step.name)) {
                    try await desk.ledger.commit(change)
                }
                #expect(try desk.eye.fingerprint() == before)
            }
        }
    }

    /// A refused step takes down what was to be committed with it, and nothing that was committed before.
    @Test(.timeLimit(.minutes(5))) func aRowThatIsNotThereIsRefused() async throws {
        try await Desk.with { desk in
            _ = try await desk.ledger.add()
            let before = try desk.eye.fingerprint()
            await #expect(throws: LedgerError.self) {
                try await desk.ledger.take(.noted, on: 99, attempt: Sample.attempt(.post))
            }
            await #expect(throws: LedgerError.self) { try await desk.ledger.take(.mintSent, on: 99) }
            #expect(try desk.eye.fingerprint() == before)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [Standing.minted, .retryableWithToken])
    func aClosedIntentLeavesTheRowAsItWas(_ from: Standing) async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            try await desk.ledger.bring(link, to: from)
            let columns =
                "state, action, error_source, error_code, error_message, token, intent_at, doubt, attempts"
            let before = try desk.eye.row("SELECT \(columns) FROM links")
            try await desk.ledger.take(.intent(clockOffset: .seconds(1)), on: link.id)
            try await desk.ledger.take(.intentClosed(left: false), on: link.id)
            #expect(try desk.eye.row("SELECT \(columns) FROM links") == before)
            try await desk.ledger.take(.intent(clockOffset: nil), on: link.id)
            try await desk.ledger.take(.intentClosed(left: true), on: link.id)
            #expect(try await desk.ledger.link(link.id).attempts == (from == .minted ? 1 : 2))
        }
    }

    @Test(.timeLimit(.minutes(5))) func aRowFoundAbsentWithoutATokenIsPending() async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            try await desk.ledger.bring(link, to: .inDoubt)
            try desk.eye.execute("UPDATE links SET token = NULL")
            try await desk.ledger.take(.provenAbsent(because: "a person looked"), on: link.id)
            let row = try #require(try desk.eye.row("SELECT * FROM links"))
            #expect(row["state"] == "pending")
            #expect(row["action"] == "retry")
            #expect(row["because"] == "a person looked")
            #expect(row["intent_at"] == Int64?.none)
            #expect(row["error_code"] == String?.none)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [true, false])
    func takesAVerdictBack(ofALink: Bool) async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            try await desk.ledger.bring(link, to: .inDoubt)
            let verdict: LinkChange.Event =
                ofALink
                ? .linked(BondAccount(linkedAccountID: "wrong"), .person(because: "saw it"))
                : .provenAbsent(because: "saw nothing")
            try await desk.ledger.take(verdict, on: link.id)
            try await desk.ledger.take(.reopened(because: "a slip"), on: link.id)
            let row = try #require(try desk.eye.row("SELECT * FROM links"))
            #expect(row["state"] == "in_doubt")
            // Absence alone must not settle it.
            #expect(row["doubt"] == "duplicate")
            #expect(row["error_message"] == "a slip")
            #expect(row["linked_account_id"] == String?.none)
            #expect(row["linked_at"] == Int64?.none)
            #expect(row["intent_at"] != Int64?.none)
            // No sooner than that, for it is in doubt already.
            await #expect(throws: LedgerError.self) {
                try await desk.ledger.take(.reopened(because: "again"), on: link.id)
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func keepsWhatBondSaidOfALink() async throws {
        let account = BondAccount(
            linkedAccountID: "link-1",
            accountID: "account-at-bond",
            status: "brand_new_status",
            verificationStatus: nil,
            dateCreated: "2026-01-02T03:04:05.678901+00:00",
            dateUpdated: "yesterday"
        )
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            try await desk.ledger.bring(link, to: .posting)
            let at = Sample.start + .seconds(9)
            try await desk.ledger.take(.linked(account, .person(because: "saw it")), on: link.id, at: at)
            let row = try #require(try desk.eye.row("SELECT * FROM links"))
            #expect(row["linked_account_id"] == "link-1")
            #expect(row["bond_account_id"] == "account-at-bond")
            #expect(row["bond_status"] == "brand_new_status")
            #expect(row["verification_status"] == String?.none)
            #expect(row["bond_created"] == "2026-01-02T03:04:05.678901+00:00")
            #expect(row["bond_updated"] == "yesterday")
            #expect(row["evidence"] == "person")
            #expect(row["because"] == "saw it")
            #expect(row["linked_at"] == at.milliseconds)
            #expect(row["action"] == "none")
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [Standing.posting, .inDoubt])
    func oneLinkHasOneRow(_ from: Standing) async throws {
        try await Desk.with { desk in
            let first = try await desk.ledger.add(Sample.row("customer-1", "account-1"))
            let second = try await desk.ledger.add(Sample.row("customer-1", "account-2"))
            try await desk.ledger.bring(first, to: .linked)
            try await desk.ledger.bring(second, to: from)
            let result = try await desk.ledger.take(
                .linked(Sample.bondAccount("link-of-\(first.id)"), .answered),
                on: second.id
            )
            #expect(result == .ownedElsewhere)
            #expect(try await desk.ledger.link(first.id).state == .linked)
            #expect(try await desk.ledger.link(second.id).state == .inDoubt)
            let doubts = try await desk.ledger.doubts(of: second.identity.owner)
            // Bond has the account: that the list shows no other link must not send the row again.
            #expect(doubts.map(\.cause) == [.duplicate])
            #expect(try await desk.ledger.newestProof()?.linkedAccountID == "link-of-\(first.id)")
        }
    }

    @Test(.timeLimit(.minutes(5))) func onlyAnAnswerIsProofOfListing() async throws {
        try await Desk.with { desk in
            #expect(try await desk.ledger.newestProof() == nil)
            let evidence: [LinkChange.Evidence] = [.answered, .listed, .person(because: "so"), .answered]
            var proofs: [String?] = []
            for (number, kind) in evidence.enumerated() {
                let link = try await desk.ledger.add(Sample.row("customer-\(number)", "account-\(number)"))
                try await desk.ledger.bring(link, to: .posting)
                try await desk.ledger.take(.linked(Sample.bondAccount("link-\(number)"), kind), on: link.id)
                proofs.append(try await desk.ledger.newestProof()?.linkedAccountID)
            }
            #expect(proofs == ["link-0", "link-0", "link-0", "link-3"])
        }
    }

    @Test(.timeLimit(.minutes(5))) func anAuditsFirstMissIsForgottenWhenTheLinkIsSeen() async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            try await desk.ledger.bring(link, to: .linked)
            let owner = link.identity.owner
            try await desk.ledger.take(.missedByAudit, on: link.id)
            #expect(try await desk.ledger.linkedRows(of: owner).map(\.missedAudits) == [1])
            try await desk.ledger.take(.seenByAudit(BondAccount(linkedAccountID: "x", status: "frozen")), on: link.id)
            #expect(try await desk.ledger.linkedRows(of: owner).map(\.missedAudits) == [0])
            #expect(try desk.eye.string("SELECT bond_status FROM links") == "frozen")
            #expect(try desk.eye.string("SELECT linked_account_id FROM links") == "link-of-\(link.id)")
        }
    }

    @Test(.timeLimit(.minutes(5))) func attemptsAreOnlyEverAdded() async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            var seen: [String] = []
            let calls: [Attempt.Call] = [.mint, .post, .list, .resolve, .post]
            for (call, result) in zip(calls, Attempt.Result.allCases) {
                let attempt = Attempt(
                    call: call,
                    result: result,
                    sentAt: Sample.start,
                    latency: .milliseconds(1_234),
                    status: 503,
                    code: "code",
                    message: "words",
                    requestID: "request"
                )
                try await desk.ledger.take(.noted, on: link.id, attempt: attempt)
                let now = try desk.eye.rows("SELECT * FROM attempts ORDER BY id").map(\.description)
                #expect(Array(now.dropLast()) == seen)
                seen = now
            }
            let history = try LedgerReader(path: desk.path).history(ownerID: "customer-1", accountID: nil)
            #expect(history.first?.attempts.map(\.attempt.call) == calls)
            #expect(history.first?.attempts.last?.attempt.latency == .milliseconds(1_234))
            #expect(history.first?.attempts.allSatisfy { $0.runID == "run-1" } == true)
        }
    }
}
