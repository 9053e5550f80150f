import Domain
import GRDB

/// Takes one step of a row's life, within a transaction: the row's columns, and the API call behind it.
///
/// Every step names the states it may leave from. A step from another state changes nothing and is an error, which
/// undoes the whole transaction: then the program is wrong, and must not go on.
struct LinkStep {
    let database: Database
    let keys: LedgerKeys
    let run: Int64
    let epoch: Int64
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
            try update(change, "stopped_run_at = :at", "1")
        case .unlinked, .missedByAudit, .seenByAudit: try takeAuditStep(change)
        }
        return .done
    }

    /// Updates the row where `condition` holds; `:at`, `:run` and `:id` are there for every step.
    func update(
        _ change: LinkChange,
        _ assignments: String,
        _ condition: String,
        _ values: StatementArguments = [:]
    ) throws {
        var assignments = assignments
        // What a row's state says was last said by the run and at the time of its newest change.
        if assignments.contains("state =") { assignments += ", updated_at = :at, run = :run" }
        var arguments: StatementArguments = ["id": change.link]
        if assignments.contains(":at") { arguments += ["at": change.at.milliseconds] }
        if assignments.contains(":run") { arguments += ["run": run] }
        let statement = try database.cachedStatement(
            sql: "UPDATE links SET \(assignments) WHERE id = :id AND \(condition)"
        )
        try statement.execute(arguments: arguments + values)
        guard database.changesCount == 1 else { throw illegal(change) }
    }

    func illegal(_ change: LinkChange) -> LedgerError {
        .illegalStep(link: change.link, step: String(String(describing: change.event).prefix { $0 != "(" }))
    }

    private func append(_ attempt: Attempt, to link: Link.ID) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO attempts (link, run, call, result, sent_at, latency, http_status, error_code, message,
                    request_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            link, run, attempt.call.rawValue, attempt.result.rawValue, attempt.sentAt.milliseconds,
            attempt.latency?.wholeMilliseconds, attempt.status, attempt.code, attempt.message, attempt.requestID,
        ])
    }
}
