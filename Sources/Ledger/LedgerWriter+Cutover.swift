package import Domain

extension LedgerWriter: CutoverLedger {
    package func ownersWithLinks(after owner: Owner?, limit: Int) async throws -> [Owner] {
        try await write { database in
            try database.rows(
                """
                SELECT owner_kind, min(owner_id) AS owner_id FROM links
                WHERE (owner_kind, owner_key) > (?, ?) AND \(LinkRecord.isLinked)
                GROUP BY owner_kind, owner_key ORDER BY owner_kind, owner_key LIMIT ?
                """,
                [owner?.kind.rawValue ?? "", owner?.key ?? "", limit]
            ).compactMap { try $0.owner() }
        }
    }

    package func cutoverStanding(of owner: Owner) async throws -> CutoverStanding {
        try await write { database in
            let all = try database.rows(
                """
                SELECT account_id, reference, linked_account_id, state FROM links
                WHERE owner_kind = ? AND owner_key = ? ORDER BY account_id
                """,
                [owner.kind.rawValue, owner.key]
            )
            let states = try all.map { try $0.value("state") as String }
            return CutoverStanding(
                rows: try all.indices.filter { states[$0] == "linked" }.map { at in
                    CutoverStanding.Row(
                        accountID: try all[at].value("account_id"),
                        reference: try all[at].value("reference"),
                        linkedAccountID: try all[at].value("linked_account_id")
                    )
                },
                openRows: states.count { $0 != "linked" },
                isInDoubt: states.contains { ["posting", "in_doubt"].contains($0) }
            )
        }
    }
}
