extension LedgerCheck {
    /// The tables, and the indexes that a person may have dropped with another program.
    func schema() throws -> [String] {
        let names = try database.engine.schemaNames()
        return Self.schemaNames.filter { !names.contains($0) }.map { "the table or index \($0) is gone" }
    }

    /// What the rows that are not linked promise.
    func openRows() throws -> [String] {
        try violations(of: RowRule.ofOpenRows, where: "state <> 'linked'")
    }

    /// What the linked rows promise.
    func linkedRows() throws -> [String] {
        try violations(of: RowRule.ofLinkedRows, where: "state = 'linked'")
    }

    /// Links and identities that more than one row has: the indexes forbid them, unless they are damaged.
    func doubles() throws -> [String] {
        let links = try ids(
            "SELECT min(id), max(id) FROM links WHERE linked_account_id IS NOT NULL GROUP BY linked_account_id"
        )
        let identities = try ids("SELECT min(id), max(id) FROM links GROUP BY owner_kind, owner_key, account_id")
        return links.map { "rows \($0) and \($1) have the same linked_account_id" }
            + identities.map { "rows \($0) and \($1) are of the same owner and account" }
    }

    /// Records of calls that say something unknown.
    func attempts() throws -> [String] {
        try
            (database.values(
                """
                SELECT id FROM attempts WHERE call NOT IN ('exchange', 'mint', 'post', 'list', 'remove', 'resolve', 'adopt') OR result NOT IN
                    ('ok', 'refused', 'rate_limited', 'unusable', 'never_sent', 'lost', 'crashed') LIMIT 20
                """
            ) as [Int64]).map { "the record \($0) of a call says something that relink does not know" }
    }

    /// Runs, epoch and owner.
    func runs() throws -> [String] {
        var faults: [String] = []
        func check(_ isWrong: String, _ fault: String) throws {
            if try database.value("SELECT \(isWrong)") ?? false { faults.append(fault) }
        }
        try check(
            "EXISTS (SELECT 1 FROM links) AND NOT EXISTS (SELECT 1 FROM ledger)",
            "it does not say which environment and client it belongs to"
        )
        try check(
            "EXISTS (SELECT 1 FROM ledger WHERE environment NOT IN ('sandbox', 'production', 'simulator'))",
            "it belongs to an environment that relink does not know"
        )
        try check("EXISTS (SELECT 1 FROM ledger WHERE length(salt) = 0)", "its salt is gone")
        try check(
            "(SELECT max(id) FROM runs) > (SELECT epoch FROM ledger)",
            "it has seen more runs than its writer's epoch says"
        )
        try check(
            "EXISTS (SELECT 1 FROM runs WHERE finished_at IS NULL AND outcome IS NOT NULL)",
            "a run has an outcome and no end"
        )
        return faults
    }

    private static let schemaNames = [
        "ledger", "runs", "files", "links", "attempts", "invalid_rows", "credentials", "stops", "links_identity",
        "links_linked_account",
    ]

    /// The rows that break a rule, found in one reading.
    private func violations(of rules: [RowRule], where scope: String) throws -> [String] {
        let cases = rules.indices.map { "WHEN \(rules[$0].condition) THEN \($0)" }.joined(separator: " ")
        let rows = try database.rows(
            """
            SELECT id, coalesce(CAST(owner_id AS TEXT), '') AS owner_id,
                coalesce(CAST(account_id AS TEXT), '') AS account_id, rule
            FROM (SELECT id, owner_id, account_id, CASE \(cases) END AS rule FROM links WHERE \(scope)) AS judged
            WHERE rule IS NOT NULL LIMIT 20
            """
        )
        return try rows.map { row in
            let (id, owner, account): (Int64, String, String) = (
                try row.value("id"), try row.value("owner_id"), try row.value("account_id")
            )
            return "row \(id) (owner \(owner), account \(account)) \(rules[try row.value("rule")].complaint)"
        }
    }

    private func ids(_ grouped: String) throws -> [(Int64, Int64)] {
        try database.rows(grouped + " HAVING count(*) > 1 LIMIT 20").map { (try $0.value(at: 0), try $0.value(at: 1)) }
    }
}
