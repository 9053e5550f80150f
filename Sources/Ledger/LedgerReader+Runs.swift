package import Domain

extension LedgerReader {
    /// The writing command of this name; `last` is the newest run, `previous` the one before it.
    ///
    /// - Throws: `LedgerError.noSuchRun`.
    package func run(named name: String) throws -> RunOnRecord {
        try connection.read { try RunOnRecord.named(name, $0) }
    }

    /// The ledger in figures, all of one moment.
    ///
    /// - Parameter run: Whose calls are counted; nothing means the newest run that made any.
    /// - Returns: The figures.
    /// - Throws: `LedgerError`.
    package func figures(callsOf run: RunOnRecord? = nil) throws -> LedgerFigures {
        try connection.read { try LedgerFigures.fetch(run: run, $0) }
    }

    /// Compares the ends of two runs, and hands out the rows that differ, by owner and account.
    ///
    /// - Parameters:
    ///   - before: The earlier run.
    ///   - after: The later run.
    ///   - begin: Gets the counts before the first row.
    ///   - body: Gets one change after the other.
    /// - Throws: `LedgerError.noHistory` where the ledger no longer or not yet knows what rows were then; what `begin`
    ///   or `body` throws.
    package func compare(
        _ before: RunOnRecord,
        _ after: RunOnRecord,
        begin: (RunComparison) throws -> Void,
        _ body: (RowChange) throws -> Void
    ) throws {
        try connection.read { database in
            let question = try ComparisonRecord(before: before, after: after, database)
            try begin(RunComparison(before: before, after: after, counts: try question.counts(database)))
            try question.forEachChange(database, body)
        }
    }
}
