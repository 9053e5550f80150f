import Domain

/// A ledger's status for scripts.
package struct StatusDocument: Sendable {
    private let status: LedgerStatus

    /// Makes the document of a status.
    package init(_ status: LedgerStatus) {
        self.status = status
    }

    /// The document on one line, without a line break at its end.
    package var json: String {
        let document: JSONValue = [
            "version": 1,
            "ledger": .string(status.ledger),
            "environment": .string(status.environment.rawValue),
            "running": .bool(status.isRunning),
            "workers": .array(status.workers.map(worker)),
            "states": .counts(status.states),
            "errors": .array(status.errors.map(error)),
            "runs": .array(status.runs.map(run)),
            "learned_rates_per_minute": .object(API.allCases.map { ($0.rawValue, rate(of: $0)) }),
            "orphan_tokens": .number(status.orphanTokens),
            "open_removals": .number(status.openRemovals),
            "unhealthy_rows": .number(status.unhealthyRows),
            "proposed_accounts": .number(status.proposals),
            "unexported_tokens": .number(status.unexportedTokens),
            "items_checked_at": JSONValue(status.itemsCheckedAt),
        ]
        return document.text
    }

    private func error(_ error: ErrorCount) -> JSONValue {
        [
            "error_source": .string(error.failure.source.rawValue),
            "error_code": .string(error.failure.code),
            "count": .number(error.count),
            "advice": .string(error.advice),
        ]
    }

    private func worker(_ worker: LedgerStatus.Worker) -> JSONValue {
        ["holder": .string(worker.holder), "run_id": .string(worker.runID), "overdue": .bool(worker.isOverdue)]
    }

    private func run(_ run: LedgerStatus.Run) -> JSONValue {
        [
            "run_id": .string(run.id),
            "started_at": JSONValue(run.startedAt),
            "finished_at": JSONValue(run.finishedAt),
            "outcome": JSONValue(run.outcome?.rawValue),
            "attempted": .number(run.attempted),
        ]
    }

    private func rate(of api: API) -> JSONValue {
        status.learnedRates[api].map { .decimal($0) } ?? .null
    }
}
