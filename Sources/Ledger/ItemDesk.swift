import Domain

/// Finds the Items behind lines of input, and says which of them are to be checked; within one transaction.
struct ItemDesk {
    let database: LedgerSession
    let keys: LedgerKeys
    let run: Int64
    let policy: ItemPolicy

    /// Finds or adds the row's Item and says what is to be done about it.
    func admit(_ row: InputRow) throws -> ItemAdmission {
        guard let link = try link(row.identity), let token = try accessToken(row.credential) else { return .leftOut }
        let item = try find(keys.fingerprint(of: token))
        try database.execute(
            "UPDATE links SET item = ? WHERE id = ? AND (item IS NULL OR item <> ?)",
            [item.id, link, item.id]
        )
        if item.isNew { return .check(item.id, token) }
        if item.run == run, policy.once { return .sameItem }
        try database.execute("UPDATE items SET run = ? WHERE id = ?", [run, item.id])
        guard let checkedAt = item.checkedAt else { return .check(item.id, token) }
        // A clock that was set back must not silence an Item for good.
        let age = policy.now.since(checkedAt)
        return age >= policy.olderThan || age < .zero ? .check(item.id, token) : .known(isGood: !item.needsSomebody)
    }

    /// The access token, which the ledger may have of a public token.
    private func accessToken(_ credential: Credential) throws -> Secret? {
        switch credential {
        case .accessToken(let token): token
        case .publicToken(let token): try ExchangeRecord.fetch(token, keys, database)?.accessToken
        }
    }

    /// The row, if its connection matters: it is linked, or waits for its user to repair it.
    private func link(_ identity: Identity) throws -> Int64? {
        try
            (database.value(
                """
                SELECT id FROM links WHERE owner_kind = ? AND owner_key = ? AND account_id = ?
                    AND (state = 'linked' OR state = 'needs_user' AND action = 'update_mode')
                """,
                [identity.owner.kind.rawValue, identity.owner.key, identity.accountID]
            ) as Int64?)
    }

    private struct Known {
        let id: Item.ID
        let run: Int64
        let checkedAt: Timestamp?
        let needsSomebody: Bool
        var isNew = false
    }

    private func find(_ fingerprint: Fingerprint) throws -> Known {
        let row = try database.row(
            "SELECT id, run, checked_at, action FROM items WHERE fingerprint = ?",
            [fingerprint.bytes]
        )
        guard let row else {
            let id = try database.insert(
                "INSERT INTO items (fingerprint, run) VALUES (?, ?)",
                [fingerprint.bytes, run]
            )
            return Known(id: id, run: run, checkedAt: nil, needsSomebody: false, isNew: true)
        }
        let health = ItemHealth(action: RowAction(rawValue: try row.value("action")) ?? .review, failure: nil)
        return Known(
            id: try row.value("id"),
            run: try row.value("run"),
            checkedAt: try row.timestamp("checked_at"),
            needsSomebody: health.needsSomebody
        )
    }
}
