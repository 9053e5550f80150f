package import Domain

extension LedgerWriter: AuditLedger {
    package func owners(after owner: Owner?, limit: Int) async throws -> [Owner] {
        try await write { database in
            try database.rows(
                """
                SELECT owner_kind, min(owner_id) AS owner_id FROM links
                WHERE (owner_kind, owner_key) > (?, ?)
                GROUP BY owner_kind, owner_key ORDER BY owner_kind, owner_key LIMIT ?
                """,
                [owner?.kind.rawValue ?? "", owner?.key ?? "", limit]
            ).compactMap { try $0.owner() }
        }
    }

    package func linkedRows(of owner: Owner) async throws -> [LinkedRow] {
        try await write { database in
            try database.rows(
                """
                SELECT id, linked_account_id, missed_audits FROM links
                WHERE owner_kind = ? AND owner_key = ? AND \(LinkRecord.isLinked) ORDER BY account_id
                """,
                [owner.kind.rawValue, owner.key]
            ).map { row in
                LinkedRow(
                    link: try row.value("id"),
                    linkedAccountID: try row.value("linked_account_id"),
                    missedAudits: try row.value("missed_audits")
                )
            }
        }
    }
}
