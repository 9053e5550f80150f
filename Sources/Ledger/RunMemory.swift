package import Domain

/// What a ledger remembers of former runs, for whoever watches them from outside.
package struct RunMemory: Sendable, Equatable {
    /// When the newest run that succeeded ended; nothing where none has.
    package let lastSuccessAt: Timestamp?
    /// The rate at which each API last began to refuse calls, in calls a second.
    package let learnedRates: [API: Double]

    /// Reads them, also while a run is going on.
    ///
    /// - Parameters:
    ///   - place: The ledger.
    ///   - successCodes: The exit codes that count as success.
    /// - Returns: What there is of them.
    /// - Throws: `LedgerError`.
    package static func read(_ place: LedgerPlace, successCodes: Set<Int32>) throws -> RunMemory {
        try ReadingConnection(place).read { database in
            let runs = try database.rows(
                """
                SELECT exit_code, max(finished_at) AS finished_at FROM runs
                WHERE kind = 'run' AND exit_code IS NOT NULL GROUP BY exit_code
                """
            )
            let ends = try runs.filter { successCodes.contains(try $0.value("exit_code")) }.compactMap {
                try $0.timestamp("finished_at")
            }
            return RunMemory(lastSuccessAt: ends.max(), learnedRates: try LearnedRateRecord.fetch(database))
        }
    }
}
