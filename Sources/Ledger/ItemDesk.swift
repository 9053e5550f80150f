import Domain
import GRDB

/// Finds the Items behind lines of input, and says which of them are to be checked; within one transaction.
struct ItemDesk {
    let database: Database
    let keys: LedgerKeys
    let run: Int64
    let policy: ItemPolicy

    /// Finds or adds the row's Item and says what is to be done about it.
    func admit(_ row: InputRow) throws -> ItemAdmission {
        guard let link = try link(row.identity), let token = try accessToken(row.credential) else { return .leftOut }
        let item = try find(keys.fingerprint(of: token))
        try database.cachedStatement(sql: "UPDATE links SET item = ? WHERE id = ? AND item IS NOT ?")
            .execute(arguments: [item.id, link, item.id])
        if item.isNew { return .check(item.id, token) }
        if item.run == run { return .sameItem }
        try database.cachedStatement(sql: "UPDATE items SET run = ? WHERE id = ?").execute(arguments: [run, item.id])
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
        try Int64.fetchOne(
            try database.cachedStatement(
                sql: """
                    SELECT id FROM links WHERE owner_kind = ? AND owner_key = ? AND account_id = ?
                        AND (state = 'linked' OR state = 'needs_user' AND action = 'update_mode')
                    """
            ),
            arguments: [identity.owner.kind.rawValue, identity.owner.key, identity.accountID]
        )
    }

    private struct Known {
        let id: Item.ID
        let run: Int64
        let checkedAt: Timestamp?
        let needsSomebody: Bool
        var isNew = false
    }

    private func find(_ fingerprint: Fingerprint) throws -> Known {
        let row = try Row.fetchOne(
            try database.cachedStatement(sql: "SELECT id, run, checked_at, action FROM items WHERE fingerprint = ?"),
            arguments: [fingerprint.bytes.data]
        )
        guard let row else {
            try database.cachedStatement(sql: "INSERT INTO items (fingerprint, run) VALUES (?, ?)")
                .execute(arguments: [fingerprint.bytes.data, run])
            let id = database.lastInsertedRowID
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
