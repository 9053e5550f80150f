import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// Links that come into the ledger from a file.
@Suite(.timeLimit(.minutes(5)), .everyEngine) struct AdoptionRecordTests {
    private static func claim(
        _ link: String = "link-1",
        account: String = "account-1",
        reference: String? = nil,
        line: Int = 2
    ) -> Adoption {
        Adoption(
            identity: Sample.identity("customer-1", account),
            linkedAccountID: link,
            reference: reference,
            position: InputPosition(file: "links.csv", line: line)
        )
    }

    private static func confirmed(_ claim: Adoption, bond: String? = nil) -> ConfirmedAdoption {
        ConfirmedAdoption(claim, Sample.bondAccount(bond ?? claim.linkedAccountID))
    }

    private static func adopt(_ ledger: LedgerWriter, _ claims: Adoption...) async throws -> [AdoptionVerdict] {
        try await ledger.adopt(claims.map { confirmed($0) }, Sample.attempt(.list), at: Sample.start)
    }

    @Test func aNewRowIsLinkedWithItsHistoryAndASecondTimeItIsThere() async throws {
        try await Desk.withPath { path in
            let ledger = try LedgerWriter(Sample.opening(path))
            #expect(try await Self.adopt(ledger, Self.claim(reference: "r")) == [.free])
            let row = try #require(try LedgerEye(path).row("SELECT * FROM links JOIN files ON files.id = links.file"))
            let told = ["state", "action", "linked_account_id", "bond_status", "verification_status", "evidence"]
            #expect(
                told.map { row[$0] as String? }
                    == ["linked", "none", "link-1", "active", "instantly_verified", "adopted"]
            )
            #expect(row["bond_created"] == Sample.start.description)
            #expect(row["reference"] == "r")
            #expect(row["path"] == "links.csv")
            #expect(row["attempts"] == 0)
            let calls = try LedgerEye(path).strings(
                "SELECT call || ' ' || coalesce(message, '') FROM attempts ORDER BY id"
            )
            #expect(calls == ["list ", "adopt from links.csv:2"])
            #expect(
                try await ledger.standings(of: [Self.claim()]).map { $0.verdict(on: Self.claim()) } == [.alreadyLinked]
            )
            #expect(try await Self.adopt(ledger, Self.claim()) == [.alreadyLinked])
            #expect(try LedgerEye(path).int("SELECT count(*) FROM attempts") == 2, "nothing is noted twice")
            #expect(try LedgerCheckup.examining(path).faults.isEmpty)
        }
    }

    @Test func ofTwoClaimsToOneLinkTheFirstStandsAndTheSecondNamesIt() async throws {
        try await Desk.withPath { path in
            let ledger = try LedgerWriter(Sample.opening(path))
            let verdicts = try await Self.adopt(ledger, Self.claim(), Self.claim(account: "account-2", line: 3))
            #expect(verdicts.first == .free)
            guard case .refused(let failure) = verdicts.last else {
                Issue.record("\(verdicts)")
                return
            }
            #expect(failure.message?.contains("account account-1, from links.csv:2") == true)
            #expect(try LedgerEye(path).int("SELECT count(*) FROM links") == 1)
        }
    }

    @Test func theIDThatTheListKeepsIsCheckedAsWell() async throws {
        try await Desk.withPath { path in
            let ledger = try LedgerWriter(Sample.opening(path))
            _ = try await Self.adopt(ledger, Self.claim("link-1"))
            let other = Self.confirmed(Self.claim("bond-9", account: "account-2"), bond: "link-1")
            let verdicts = try await ledger.adopt([other], Sample.attempt(.list), at: Sample.start)
            guard case .refused(let failure) = verdicts.first else {
                Issue.record("\(verdicts)")
                return
            }
            #expect(failure.code == "link_owned_by_other_row")
            #expect(try LedgerEye(path).int("SELECT count(*) FROM links") == 1)
        }
    }

    @Test(arguments: ["pending", "minted", "retryable", "needs_user", "rejected", "held", "unlinked"])
    func aRowAtRestBecomesLinkedAndItsTokenIsWipedAndCounted(state: String) async throws {
        try await Desk.withPath { path in
            let ledger = try LedgerWriter(Sample.opening(path))
            _ = try await ledger.admit([Sample.row(reference: "mine")], policy: Sample.policy())
            try LedgerEye(path).execute(
                """
                UPDATE links SET state = '\(state)', action = 'review', error_code = 'x', token = x'01',
                    token_fingerprint = x'02', token_minted_at = 1, token_run = 1
                """
            )
            #expect(try await Self.adopt(ledger, Self.claim()) == [.free])
            let row = try #require(try LedgerEye(path).row("SELECT * FROM links"))
            #expect(row["state"] == "linked")
            #expect(row["action"] == "none")
            #expect(row["token"] == nil as String?)
            #expect(row["error_code"] == nil as String?)
            #expect(row["orphans"] == 1)
            #expect(row["reference"] == "mine" as String?, "none in the file takes nothing away")
            let message = try LedgerEye(path).string("SELECT message FROM attempts WHERE call = 'adopt'")
            #expect(message == "from links.csv:2; the row was \(state)")
            #expect(try LedgerCheckup.examining(path).faults.isEmpty)
        }
    }

    @Test(arguments: ["posting", "in_doubt"]) func aRowWhosePostMayHaveMadeTheLinkIsHeldUp(state: String) async throws {
        try await Desk.withPath { path in
            let ledger = try LedgerWriter(Sample.opening(path))
            _ = try await ledger.admit([Sample.row()], policy: Sample.policy())
            try LedgerEye(path).execute(
                """
                UPDATE links SET state = '\(state)', action = 'review', token = x'01', intent_at = 1,
                    attempt_ended_at = 2, doubt = 'unanswered', attempts = 1
                """
            )
            for claim in [Self.claim(), Self.claim(account: "account-2")] {
                guard case .heldUp = try await Self.adopt(ledger, claim).first else {
                    Issue.record("\(claim)")
                    return
                }
            }
            try LedgerEye(path).execute("UPDATE links SET state = 'in_doubt', doubt = 'duplicate'")
            #expect(try await Self.adopt(ledger, Self.claim(account: "account-2")) == [.free], "no POST made that link")
        }
    }

    @Test func aWriterThatWasTakenOverAdoptsNothing() async throws {
        try await Desk.withPath { path in
            let ledger = try LedgerWriter(Sample.opening(path))
            try LedgerEye(path).takeOver()
            await #expect(throws: LedgerError.takenOver(path: path)) { _ = try await Self.adopt(ledger, Self.claim()) }
            #expect(try LedgerEye(path).int("SELECT count(*) FROM links") == 0)
            await #expect(throws: LedgerError.takenOver(path: path)) { _ = try await Self.adopt(ledger, Self.claim()) }
        }
    }

    @Test func aRunSkipsWhatWasAdopted() async throws {
        try await Desk.withPath { path in
            let ledger = try LedgerWriter(Sample.opening(path))
            _ = try await Self.adopt(ledger, Self.claim())
            #expect(try await ledger.admit([Sample.row()], policy: Sample.policy()) == [.skip])
            #expect(try LedgerEye(path).string("SELECT state FROM links") == "linked")
        }
    }
}
