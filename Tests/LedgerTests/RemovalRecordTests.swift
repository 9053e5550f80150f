import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// The steps of a removal in the ledger, and what it knows of a link.
@Suite(.timeLimit(.minutes(5)), .everyEngine) struct RemovalRecordTests {
    private let order = RemovalOrder(owner: Owner(kind: .customer, id: "customer-1"), linkedAccountID: "link-1")

    private func change(_ step: RemovalChange.Step, row: Link.ID? = nil, _ result: Attempt.Result? = nil)
        -> RemovalChange
    {
        RemovalChange(order, row: row, step, at: Sample.start, attempt: result.map { Sample.attempt(.remove, $0) })
    }

    @Test func anIntentOfAWriterThatWasTakenOverIsRefused() async throws {
        try await Desk.withPath { path in
            let ledger = try LedgerWriter(Sample.opening(path))
            try LedgerEye(path).takeOver()
            await #expect(throws: LedgerError.takenOver(path: path)) {
                try await ledger.commit(change(.intended(.sdk, status: "active")))
            }
            #expect(try LedgerEye(path).int("SELECT count(*) FROM removals") == 0)
        }
    }

    @Test func afterACommitThatFailedNoIntentIsTaken() async throws {
        try await Desk.withPath { path in
            let ledger = try LedgerWriter(Sample.opening(path))
            await #expect(throws: LedgerError.self) { try await ledger.commit(change(.answered, row: 99, .ok)) }
            await #expect(throws: LedgerError.self) {
                try await ledger.commit(change(.intended(.sdk, status: "active")))
            }
            try await ledger.commit(change(.settled(.removed)))
            #expect(
                try LedgerEye(path).strings("SELECT outcome FROM removals") == ["removed"],
                "but what left is noted"
            )
        }
    }

    @Test func aRemovalIsOpenFromItsIntentToItsVerdict() async throws {
        try await Desk.withPath { path in
            let ledger = try LedgerWriter(Sample.opening(path))
            #expect(try await ledger.standing(of: order) == RemovalStanding())
            try await ledger.commit(change(.intended(.guide, status: "active")))
            try await ledger.commit(change(.answered, .lost))
            #expect(try await ledger.standing(of: order).isOpen)
            try await ledger.commit(change(.intended(.sdk, status: "active")))
            try await ledger.commit(change(.answered, .neverSent))
            try await ledger.commit(change(.answered, .ok))
            try await ledger.commit(change(.settled(.removed)))
            let standing = try await ledger.standing(of: order)
            #expect(standing == RemovalStanding(removedAt: Sample.start))
            let told = try LedgerEye(path).strings(
                "SELECT form || ' ' || calls || ' ' || outcome FROM removals ORDER BY id"
            )
            #expect(told == ["guide 1 no_effect", "sdk 1 removed"])
            let other = RemovalOrder(owner: Owner(kind: .business, id: "customer-1"), linkedAccountID: "link-1")
            #expect(try await ledger.standing(of: other).removedAt == nil, "another owner's is another")
            #expect(try LedgerReader(path: path).standings(of: [order, other]).map(\.isOpen) == [false, false])
        }
    }

    @Test(arguments: ["linked", "unlinked", "pending", "retryable", "rejected", "needs_user", "held"])
    func aRowWhoseLinkIsGoneIsUnlinked(state: String) async throws {
        try await Desk.withPath { path in
            let (ledger, id) = try await linkedRow(path)
            try LedgerEye(path).execute(
                "UPDATE links SET state = '\(state)', action = 'review', error_code = 'x'"
            )
            #expect(try await ledger.standing(of: order).row?.state.rawValue == state)
            try await ledger.commit(change(.settled(.removed), row: id))
            let row = try LedgerEye(path).row("SELECT state, action, error_code, linked_account_id FROM links")
            #expect(row?["state"] == "unlinked")
            #expect(row?["action"] == "review")
            #expect(row?["error_code"] == "removed_on_request")
            #expect(row?["linked_account_id"] == "link-1")
        }
    }

    @Test(arguments: [RemovalChange.Verdict.refused, .noEffect]) func anyOtherVerdictLeavesTheRow(
        verdict: RemovalChange.Verdict
    ) async throws {
        try await Desk.withPath { path in
            let (ledger, id) = try await linkedRow(path)
            try await ledger.commit(change(.intended(.sdk, status: nil), row: id))
            try await ledger.commit(change(.settled(verdict), row: id, .refused))
            #expect(try await ledger.link(id).state == .linked)
            #expect(try LedgerEye(path).strings("SELECT call FROM attempts") == ["remove"])
            guard TestEngine.current == .sqlite else { return }
            #expect(try LedgerEye(path).rows("PRAGMA foreign_key_check").isEmpty)
        }
    }

    private func linkedRow(_ path: String) async throws -> (LedgerWriter, Link.ID) {
        let ledger = try LedgerWriter(Sample.opening(path))
        _ = try await ledger.admit([Sample.row()], policy: Sample.policy())
        try LedgerEye(path).execute(
            "UPDATE links SET state = 'linked', action = 'none', linked_account_id = 'link-1', linked_at = 1"
        )
        return (ledger, 1)
    }
}
