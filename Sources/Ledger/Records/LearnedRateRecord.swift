import Domain

/// The table `learned_rates`: the rate at which each API last began to refuse calls.
enum LearnedRateRecord {
    /// The rates in calls a second; none where a ledger that has not been migrated yet is only read.
    static func fetch(_ database: LedgerSession) throws -> [API: Double] {
        guard try database.hasTable("learned_rates") else { return [:] }
        let rows = try database.rows("SELECT api, calls_per_second FROM learned_rates")
        return Dictionary(
            uniqueKeysWithValues: try rows.compactMap { row in
                try API(rawValue: try row.value("api")).map { ($0, try row.value("calls_per_second")) }
            }
        )
    }

    /// Puts these rates in the place of those on record; the time of one that has not changed stays.
    static func replace(with rates: [API: Double], at: Timestamp, _ database: LedgerSession) throws {
        for api in API.allCases {
            guard let rate = rates[api] else {
                try database.execute("DELETE FROM learned_rates WHERE api = ?", [api.rawValue])
                continue
            }
            try database.execute(
                """
                INSERT INTO learned_rates (api, calls_per_second, learned_at) VALUES (?, ?, ?)
                ON CONFLICT (api) DO UPDATE
                SET calls_per_second = excluded.calls_per_second, learned_at = excluded.learned_at
                WHERE learned_rates.calls_per_second <> excluded.calls_per_second
                """,
                [api.rawValue, rate, at.milliseconds]
            )
        }
    }
}
