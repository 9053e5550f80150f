import Domain

/// A row of the table `removals`.
struct RemovalRecord {
    private let step: LinkStep
    private var database: LedgerSession { step.database }

    init(_ step: LinkStep) {
        self.step = step
    }

    /// Takes one step of a removal, within a transaction; the row that has the link gets the API call.
    func take(_ change: RemovalChange) throws {
        if let row = change.row, let attempt = change.attempt {
            _ = try step.take(LinkChange(row, .noted, at: change.at, attempt: attempt))
        }
        switch change.step {
        case .intended(let form, let status): try intend(change, form, status)
        case .answered: try note(change)
        case .settled(let verdict): try settle(change, verdict)
        }
    }

    /// What is known of a link.
    static func standing(of order: RemovalOrder, _ database: LedgerSession) throws -> RemovalStanding {
        let row = try database.row(
            """
            SELECT id, owner_kind, owner_id, account_id, reference, state FROM links WHERE linked_account_id = ?
            """,
            [order.linkedAccountID]
        )
        guard try database.hasTable("removals") else { return RemovalStanding(row: try row.flatMap(owningRow)) }
        let last = try database.row(
            """
            SELECT outcome, settled_at FROM removals WHERE linked_account_id = ? AND owner_kind = ?
                AND owner_key = ? ORDER BY id DESC LIMIT 1
            """,
            [order.linkedAccountID, order.owner.kind.rawValue, order.owner.key]
        )
        let outcome: String? = try last.flatMap { try $0.value("outcome") }
        return RemovalStanding(
            row: try row.flatMap(owningRow),
            removedAt: outcome == "removed" ? try last?.timestamp("settled_at") : nil,
            isOpen: last != nil && outcome == nil
        )
    }

    private static func owningRow(_ row: LedgerRow) throws -> RemovalStanding.OwningRow? {
        let state = RowState(rawValue: try row.value("state"))
        guard let owner = try row.owner(), let state else { return nil }
        return RemovalStanding.OwningRow(
            link: try row.value("id"),
            owner: owner,
            accountID: try row.value("account_id"),
            reference: try row.value("reference"),
            state: state
        )
    }

    private func intend(_ change: RemovalChange, _ form: RemovalForm, _ status: String?) throws {
        try step.checkEpoch()
        // Bond lists the link still: what left before has done nothing.
        try close(change, .noEffect)
        try insert(change, ["form": form.rawValue, "status": status, "intent": change.at.milliseconds])
    }

    private func note(_ change: RemovalChange) throws {
        guard let attempt = change.attempt else { return }
        try database.execute(
            """
            UPDATE removals SET calls = calls + :calls, http_status = :http, error_code = :code, message = :message
            WHERE linked_account_id = :link AND outcome IS NULL
            """,
            [
                "calls": attempt.result == .neverSent ? 0 : 1, "http": attempt.status, "code": attempt.code,
                "message": attempt.message, "link": change.order.linkedAccountID,
            ]
        )
    }

    private func settle(_ change: RemovalChange, _ verdict: RemovalChange.Verdict) throws {
        if try close(change, verdict) == 0 {
            try insert(change, ["outcome": verdict.rawValue, "settled": change.at.milliseconds])
        }
        if verdict == .removed, let row = change.row { try unlink(row, change) }
    }

    @discardableResult
    private func close(_ change: RemovalChange, _ verdict: RemovalChange.Verdict) throws -> Int {
        try database.changes(
            """
            UPDATE removals SET outcome = ?, settled_at = ? WHERE linked_account_id = ? AND outcome IS NULL
            """,
            [verdict.rawValue, change.at.milliseconds, change.order.linkedAccountID]
        )
    }

    private func insert(_ change: RemovalChange, _ values: LedgerArguments) throws {
        let owner = change.order.owner
        try database.execute(
            """
            INSERT INTO removals (run, link, owner_kind, owner_key, owner_id, linked_account_id, form, listed_status,
                intent_at, outcome, settled_at)
            VALUES (:run, :row, :kind, :key, :owner, :link, :form, :status, :intent, :outcome, :settled)
            """,
            values + [
                "run": step.run, "row": change.row, "kind": owner.kind.rawValue, "key": owner.key, "owner": owner.id,
                "link": change.order.linkedAccountID,
            ]
        )
    }

    /// No run links the row again by itself: a person wanted the link gone.
    private func unlink(_ row: Link.ID, _ change: RemovalChange) throws {
        try database.execute(
            """
            UPDATE links SET state = 'unlinked', action = 'review', bond_status = 'removed', error_source = 'bond',
                error_type = NULL, error_code = :code, error_message = :message, updated_at = :at, run = :run
            WHERE id = :id AND state NOT IN ('posting', 'in_doubt')
            """,
            [
                "code": Failure.removedOnRequest.code, "message": Failure.removedOnRequest.message,
                "at": change.at.milliseconds, "run": step.run, "id": row,
            ]
        )
    }
}
