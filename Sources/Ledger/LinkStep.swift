import Domain

/// Takes one step of a row's life, within a transaction: the row's columns, and the API call behind it.
///
/// Every step names the states it may leave from. A step from another state changes nothing and is an error, which
/// undoes the whole transaction: then the program is wrong, and must not go on.
struct LinkStep {
    let database: LedgerSession
    let keys: LedgerKeys
    let run: Int64
    /// The writer's epoch; nothing where every transaction makes sure of more than that.
    let epoch: Int64?
    let path: String
    /// How long a call can last: a crash leaves its end unknown, and a later run may have another time-out.
    let callTimeout: Duration

    /// Takes the step and appends its API call to the record.
    func take(_ change: LinkChange) throws -> CommitResult {
        if let attempt = change.attempt { try append(attempt, to: change.link) }
        switch change.event {
        case .noted: break
        case .exchangeSent, .exchanged, .exchangeFound, .exchangeFailed: try takeExchangeStep(change)
        case .mintSent, .minted, .mintFailed, .settled, .tokenDiscarded: try takeMintStep(change)
        case .intent, .intentClosed, .postSettled, .inDoubt: try takePostStep(change)
        case .linked(let account, let evidence): return try link(change, account, evidence)
        case .stillInDoubt, .provenAbsent, .reopened: try takeReconcileStep(change)
        case .stoppedRun:
            try update(change, Self.stoppedRun)
        case .unlinked, .missedByAudit, .seenByAudit: try takeAuditStep(change)
        }
        return .done
    }

    /// Makes sure, before a call that cannot be taken back, that no other writer has taken over.
    func checkEpoch() throws {
        guard let epoch else { return }
        let current: Int64? = try database.value("SELECT epoch FROM ledger")
        guard current == epoch else { throw LedgerError.takenOver(path: path) }
    }

    private static let stoppedRun = LinkUpdate("stopped_run_at = :at", where: "true")

    /// Updates the row; `values` are the update's own, in order.
    func update(_ change: LinkChange, _ update: LinkUpdate, _ values: [any LedgerValueConvertible] = []) throws {
        let values = LedgerArguments.places(update.values(of: change, run: run, values))
        try database.expect(1, update.sql, values, otherwise: illegal(change))
    }

    func illegal(_ change: LinkChange) -> LedgerError {
        .illegalStep(link: change.link, step: String(String(describing: change.event).prefix { $0 != "(" }))
    }

    private func append(_ attempt: Attempt, to link: Link.ID) throws {
        try database.execute(
            """
            INSERT INTO attempts (link, run, call, result, sent_at, latency, http_status, error_code, message,
                request_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                link, run, attempt.call.rawValue, attempt.result.rawValue, attempt.sentAt.milliseconds,
                attempt.latency?.wholeMilliseconds, attempt.status, attempt.code, attempt.message, attempt.requestID,
            ]
        )
    }
}
