package import Domain

extension LedgerWriter: ItemLedger {
    package func admit(_ rows: [InputRow], policy: ItemPolicy) async throws -> [ItemAdmission] {
        try await write { [keys, run] database in
            let desk = ItemDesk(database: database, keys: keys, run: run, policy: policy)
            return try rows.map { try desk.admit($0) }
        }
    }

    package func commit(
        _ finding: ItemFinding,
        of item: Item.ID,
        policy: ItemPolicy,
        requestID: String?,
        at: Timestamp
    ) async throws -> ItemVerdict {
        try await write { [keys] database in
            try ItemRecord.take(
                finding,
                of: item,
                policy: policy,
                requestID: requestID,
                at: at,
                keys: keys,
                database
            )
        }
    }

    /// How many rows there is a proposal for, as their account seems to have a new id.
    package func proposals() async throws -> Int {
        try await write { try AccountRecord.proposals($0) }
    }
}
