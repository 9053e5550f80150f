import Domain

extension RunOnRecord {
    /// The last runs, the newest first, with what they came to.
    static func newest(_ limit: Int, _ database: LedgerSession) throws -> [RunOnRecord] {
        try fetch("WHERE kind = 'run' ORDER BY id DESC LIMIT \(limit)", [:], database)
    }

    /// The writing command of this name; `last` is the newest run, `previous` the one before it.
    ///
    /// - Throws: `LedgerError.noSuchRun`.
    static func named(_ name: String, _ database: LedgerSession) throws -> RunOnRecord {
        let found =
            switch name {
            case "last": try fetch("WHERE kind = 'run' ORDER BY id DESC LIMIT 1", [:], database)
            case "previous": try fetch("WHERE kind = 'run' ORDER BY id DESC LIMIT 1 OFFSET 1", [:], database)
            default: try fetch("WHERE name = :name", ["name": name], database)
            }
        guard let run = found.first else {
            throw LedgerError.noSuchRun(name, known: try newest(5, database).map(\.id))
        }
        return run
    }

    /// The run of this number.
    static func numbered(_ number: Int64, _ database: LedgerSession) throws -> RunOnRecord? {
        try fetch("WHERE id = :number", ["number": number], database).first
    }

    /// Whether the ledger keeps what runs came to; one that has not been migrated yet is only read.
    static func isKept(_ database: LedgerSession) throws -> Bool {
        try database.hasTable("run_states")
    }

    private static func fetch(
        _ condition: String,
        _ arguments: LedgerArguments,
        _ database: LedgerSession
    ) throws -> [RunOnRecord] {
        let isKept = try isKept(database)
        return try database.rows("SELECT * FROM runs " + condition, arguments).map { row in
            var run = try run(row)
            guard isKept else { return run }
            try addStates(to: &run, database)
            try addCalls(to: &run, database)
            return run
        }
    }

    private static func run(_ row: LedgerRow) throws -> RunOnRecord {
        let outcome: String? = try row.value("outcome")
        return RunOnRecord(
            number: try row.value("id"),
            id: try row.value("name"),
            startedAt: try row.timestamp("started_at") ?? Timestamp(milliseconds: 0),
            finishedAt: try row.timestamp("finished_at"),
            outcome: outcome.flatMap(RunOutcome.init(rawValue:)),
            attempted: try row.value("rows_attempted")
        )
    }

    private static func addStates(to run: inout RunOnRecord, _ database: LedgerSession) throws {
        let sql = "SELECT state, rows FROM run_states WHERE run = ?"
        for row in try database.rows(sql, [run.number]) {
            if let state = RowState(rawValue: try row.value("state")) { run.states[state] = try row.value("rows") }
        }
    }

    private static func addCalls(to run: inout RunOnRecord, _ database: LedgerSession) throws {
        let sql = "SELECT * FROM run_calls WHERE run = ?"
        for row in try database.rows(sql, [run.number]) {
            guard let api = API(rawValue: try row.value("api")) else { continue }
            var calls = RunSummary.Calls()
            calls.ok = try row.value("ok")
            calls.rateLimited = try row.value("rate_limited")
            calls.failed = try row.value("failed")
            run.calls[api] = calls
            run.ratesGiven[api] = try row.value("rate_given")
        }
    }
}
