import Domain
import Ledger
import RunSupport
import Testing

/// Whose links a cut-over looks at.
@Suite(.timeLimit(.minutes(5)), .everyEngine) struct CutoverTests {
    @Test func ownersWithLinkedRowsComeInOrderAPieceAtATime() async throws {
        try await Desk.with { desk in
            _ = try await desk.ledger.admit(Sample.rows(5), policy: Sample.policy())
            _ = try await desk.ledger.admit([Sample.row("customer-2", "second", line: 9)], policy: Sample.policy())
            try desk.eye.execute(
                """
                UPDATE links SET state = 'linked', action = 'none', linked_account_id = 'link-' || id, linked_at = 1
                WHERE id IN (2, 4, 5)
                """
            )
            let first = try await desk.ledger.ownersWithLinks(after: nil, limit: 2)
            #expect(first.map(\.id) == ["customer-2", "customer-4"])
            let rest = try await desk.ledger.ownersWithLinks(after: first.last, limit: 2)
            #expect(rest.map(\.id) == ["customer-5"])
            #expect(try await desk.ledger.ownersWithLinks(after: rest.last, limit: 2).isEmpty)
            let row = CutoverStanding.Row(accountID: "account-2", reference: nil, linkedAccountID: "link-2")
            #expect(try await desk.ledger.cutoverStanding(of: first[0]) == CutoverStanding(rows: [row], openRows: 1))
            try desk.eye.execute(
                "UPDATE links SET state = 'in_doubt', action = 'review', intent_at = 1, attempt_ended_at = 2 WHERE id = 6"
            )
            #expect(try await desk.ledger.cutoverStanding(of: first[0]).isInDoubt)
        }
    }
}
