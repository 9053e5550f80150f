import Domain

/// A row of the table `items`.
enum ItemRecord {
    /// What a report shows of a row's Item, to be joined to `links`.
    static let reportColumns = """
        , items.item_id AS item_plaid_id, institution_name, items.action AS item_action, checked_at, unhealthy_since, \
        repaired_at, consent_expires_at, items.error_source AS item_error_source, items.error_type AS item_error_type, \
        items.error_code AS item_error_code, items.error_message AS item_error_message, proposed_account_id, proposed_by
        """

    /// Where it stands.
    static let reportJoins =
        "LEFT JOIN items ON items.id = links.item LEFT JOIN accounts ON accounts.link = links.id"

    /// How the Item of a report's row was; nothing where it was never checked.
    static func standing(_ row: LedgerRow) throws -> ItemStanding? {
        guard row.hasColumn("item_action"), let checkedAt = try row.timestamp("checked_at"),
            let action = RowAction(rawValue: try row.value("item_action"))
        else { return nil }
        var standing = ItemStanding(health: ItemHealth(action: action, failure: try Failure(row, "item_")))
        standing.itemID = try row.value("item_plaid_id")
        standing.institution = try row.value("institution_name")
        standing.unhealthySince = try row.timestamp("unhealthy_since")
        standing.repairedAt = try row.timestamp("repaired_at")
        standing.consentExpiresAt = try row.timestamp("consent_expires_at")
        standing.checkedAt = checkedAt
        standing.proposedAccountID = try row.value("proposed_account_id")
        standing.proposedBy = try row.value("proposed_by")
        return standing
    }

    /// Keeps what Plaid said of an Item.
    static func take(
        _ finding: ItemFinding,
        of id: Item.ID,
        policy: ItemPolicy,
        requestID: String?,
        at: Timestamp,
        keys: LedgerKeys,
        _ database: LedgerSession
    ) throws -> ItemVerdict {
        switch finding {
        case .read(let reading):
            let health = ItemHealth(reading, now: at, consentWithin: policy.consentWithin)
            try note(reading, of: id, database)
            return try note(health, of: id, requestID: requestID, at: at, database)
        case .refused(let refusal):
            let health = ItemHealth(AnswerTable.rule(for: refusal), refusal)
            return try note(health, of: id, requestID: requestID, at: at, database)
        case .accounts(let accounts):
            try AccountRecord.note(accounts, of: id, at: at, keys: keys, database)
            return ItemVerdict(outcome: .healthy, asksAccounts: false)
        }
    }

    /// How many rows have an Item that needs somebody, and how many an account with a new id.
    static func figures(_ database: LedgerSession) throws -> LedgerOverview.ItemFigures {
        guard try database.hasTable("items") else { return LedgerOverview.ItemFigures() }
        let unhealthy: Int? = try database.value(
            """
            SELECT count(*) FROM items JOIN links ON links.item = items.id
            WHERE items.action <> 'none' AND items.action <> 'retry' AND state = 'linked'
            """
        )
        let newest: Int64? = try database.value("SELECT max(checked_at) FROM items")
        return LedgerOverview.ItemFigures(
            unhealthyRows: unhealthy ?? 0,
            proposals: try AccountRecord.proposals(database),
            checkedAt: newest.map { Timestamp(milliseconds: $0) }
        )
    }

    private static func note(_ reading: ItemReading, of id: Item.ID, _ database: LedgerSession) throws {
        try database.execute(
            """
            UPDATE items SET item_id = ?, institution_id = ?, institution_name = ?, consent_expires_at = ?
            WHERE id = ?
            """,
            [
                reading.itemID, reading.institutionID, reading.institutionName, reading.consentExpiresAt?.milliseconds,
                id,
            ]
        )
    }

    private static func note(
        _ health: ItemHealth,
        of id: Item.ID,
        requestID: String?,
        at: Timestamp,
        _ database: LedgerSession
    ) throws -> ItemVerdict {
        let before: String? = try database.value("SELECT action FROM items WHERE id = ?", [id])
        let wasGood = before == RowAction.none.rawValue
        let released = health.isGood ? try release(id, database) : 0
        let isRepaired = health.isGood && (!wasGood || released > 0)
        try database.execute(
            """
            UPDATE items SET action = :action, error_source = :source, error_type = :type, error_code = :code,
                error_message = :message, request_id = :request, checked_at = :at,
                unhealthy_since = CASE :action WHEN 'none' THEN NULL ELSE coalesce(unhealthy_since, :at) END,
                repaired_at = CASE WHEN :repaired THEN :at ELSE repaired_at END WHERE id = :id
            """,
            Failure.arguments(health.failure) + [
                "action": health.action.rawValue, "request": requestID, "at": at.milliseconds, "repaired": isRepaired,
                "id": id,
            ]
        )
        let asks = try health.isGood && (isRepaired || AccountRecord.isMissingSome(of: id, database))
        return ItemVerdict(outcome: outcome(health, isRepaired: isRepaired), asksAccounts: asks)
    }

    /// Lets the next run try the rows that waited for this connection; one whose account is gone waits for a person.
    private static func release(_ id: Item.ID, _ database: LedgerSession) throws -> Int {
        try database.changes(
            """
            UPDATE links SET tried_at = NULL WHERE item = ? AND state = 'needs_user' AND tried_at IS NOT NULL
                AND coalesce(error_code, '') <> 'INVALID_ACCOUNT_ID'
            """,
            [id]
        )
    }

    private static func outcome(_ health: ItemHealth, isRepaired: Bool) -> ItemCheckSummary.Outcome {
        if isRepaired { return .repaired }
        if health.isGood { return .healthy }
        return health.needsSomebody ? .unhealthy : .troubled
    }
}
