import Domain

/// The table `workers` of a ledger on a server: who works on it, and until when that is believed without a sign of life.
///
/// Each transaction of a worker updates its row first, which renews the lease, keeps the transaction's number, and finds no
/// row where the worker has been taken over. So a worker that only stood still writes nothing any more when it comes back.
enum WorkerRecord {
    /// The server's time in milliseconds since 1970.
    private static let now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"

    /// Leases that are over.
    ///
    /// Nobody could renew one while the server itself was not there.
    private static let isOver = """
        greatest(lease_until, (extract(epoch FROM pg_postmaster_start_time()) * 1000)::bigint + lease) < \(now)
        """

    /// The first statement of every transaction of a worker; it changes one row, or none where the worker has been taken over.
    static func sign(_ run: Int64, number: Int64, _ session: LedgerSession, name: String) throws {
        try session.expect(
            1,
            "UPDATE workers SET last_write = ?, lease_until = \(now) + lease WHERE run = ?",
            [number, run],
            otherwise: .takenOver(path: name)
        )
    }

    /// The number of a worker's newest transaction that was committed, once none is on its way; nothing where it has been
    /// taken over.
    static func lastWrite(of run: Int64, _ session: LedgerSession) throws -> Int64? {
        try session.value("SELECT last_write FROM workers WHERE run = ? FOR UPDATE", [run])
    }

    /// Ends everybody's time: the ledger is not what they take it for.
    static func endAll(_ session: LedgerSession) throws {
        try session.execute("DELETE FROM workers")
    }

    /// Waits until nobody else begins, or takes over, in this moment.
    static func queue(_ session: LedgerSession) throws {
        _ = try session.row("SELECT pg_advisory_xact_lock(\(turn))")
    }

    /// Begins a worker's time.
    ///
    /// - Returns: The workers that it is one of now.
    static func join(_ run: Int64, _ opening: LedgerOpening, _ session: LedgerSession) throws -> Crew {
        let others: Int64? = try session.value("SELECT min(started_at) FROM workers WHERE NOT (\(isOver))")
        try session.execute(
            """
            INSERT INTO workers (run, holder, started_at, lease, lease_until)
            VALUES (:run, :holder, :started, :lease, \(now) + :lease)
            """,
            [
                "run": run, "holder": opening.holder, "started": opening.startedAt.milliseconds,
                "lease": (opening.lease ?? .zero).wholeMilliseconds,
            ]
        )
        let since = others.map { min(Timestamp(milliseconds: $0), opening.startedAt) } ?? opening.startedAt
        return Crew(since: since, beganAlone: others == nil)
    }

    /// Ends a worker's time; what it has claimed is free, and calls whose outcome it could not record are in doubt.
    static func leave(_ run: Int64, _ takeOver: TakeOver, _ session: LedgerSession) throws {
        try queue(session)
        try session.execute("DELETE FROM workers WHERE run = ?", [run])
        try takeOver.perform(session)
    }

    /// Who may still be at work, for somebody who wants the ledger alone: their names, and when the last lease ends.
    static func others(_ session: LedgerSession) throws -> (holder: String, count: Int, milliseconds: Int64)? {
        let row = try session.row(
            """
            SELECT min(holder) AS holder, count(*) AS workers, max(lease_until) - \(now) AS rest FROM workers
            WHERE NOT (\(isOver))
            """
        )
        guard let row, let holder: String = try row.value("holder") else { return nil }
        return (holder, try row.value("workers"), try row.value("rest"))
    }

    /// Everybody who is at work, or was and has not been taken over yet.
    static func all(_ session: LedgerSession) throws -> [LedgerOverview.Worker] {
        try session.rows(
            """
            SELECT holder, name, \(isOver) AS is_over FROM workers JOIN runs ON runs.id = workers.run
            WHERE lease > 0 ORDER BY run
            """
        ).map { row in
            LedgerOverview.Worker(
                holder: try row.value("holder"),
                runID: try row.value("name"),
                isOverdue: try row.value("is_over")
            )
        }
    }

    /// Ends the time of those whose lease is over, and puts in order what they have left.
    ///
    /// One that is in the middle of a transaction is alive.
    static func endOverdue(_ takeOver: TakeOver, _ session: LedgerSession) throws {
        try session.execute(
            """
            DELETE FROM workers WHERE run IN (SELECT run FROM workers WHERE \(isOver) FOR UPDATE SKIP LOCKED)
            """
        )
        try takeOver.perform(session)
    }

    /// The same, unless somebody else is at it or there is nobody to be taken over.
    static func endOverdueIfAny(_ takeOver: TakeOver, _ session: LedgerSession) throws {
        guard try session.finds("SELECT 1 FROM workers WHERE \(isOver)"),
            try session.value("SELECT pg_try_advisory_xact_lock(\(turn))") ?? false
        else { return }
        try endOverdue(takeOver, session)
    }

    /// The lock of those who begin or take over: another one than that of the ledger.
    private static let turn = "\(Migrations.applicationID + 1), hashtext(current_schema())"
}
