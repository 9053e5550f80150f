import Domain

/// A ledger's status for a person.
package struct StatusText: Sendable {
    private let status: LedgerStatus

    /// Makes the text of a status.
    package init(_ status: LedgerStatus) {
        self.status = status
    }

    /// The lines, without a line break at the end.
    package var text: String {
        Paragraphs.joined([factLines, stateLines, errorLines, runLines])
    }

    private var factLines: [String] {
        var table = TextTable(.left, .left)
        table.add(["ledger", status.ledger])
        table.add(["environment", status.environment.rawValue])
        table.add(["now", now])
        table.add(["rows", status.states.values.reduce(0, +).grouped])
        for api in API.allCases {
            guard let rate = status.learnedRates[api] else { continue }
            table.add(["\(api.rawValue) rate", "\(rate.oneDecimal) a minute, learned from its answers"])
        }
        if status.orphanTokens > 0 {
            table.add(["orphans", status.orphanTokens.counted("processor token") + " made and not used"])
        }
        if status.openRemovals > 0 {
            let what = status.openRemovals.counted("link") + " may be gone: type the `relink accounts remove` again"
            table.add(["removals", what])
        }
        if status.unexportedTokens > 0 {
            let what = status.unexportedTokens.counted("access token")
            table.add(["tokens", "\(what) that only this ledger has: `relink tokens export`, and back the ledger up"])
        }
        for worker in status.workers {
            let silence = worker.isOverdue ? ", not heard of: its rows are taken over" : ""
            table.add(["worker", "\(worker.holder), run \(worker.runID)\(silence)"])
        }
        if let checkedAt = status.itemsCheckedAt { table.add(["connections", connections(checkedAt)]) }
        return table.lines
    }

    private func connections(_ checkedAt: Timestamp) -> String {
        let unhealthy =
            status.unhealthyRows == 0
            ? "those of all linked rows worked"
            : status.unhealthyRows.counted("linked row") + " whose user must act (`relink report --unhealthy`)"
        let proposals =
            status.proposals == 0 ? "" : ", " + status.proposals.counted("account") + " that seem to have a new id"
        return "\(unhealthy)\(proposals), as of \(checkedAt)"
    }

    private var now: String {
        let alive = status.workers.count { !$0.isOverdue }
        if alive > 1, status.isRunning { return alive.counted("run") + " are going on" }
        if status.isRunning { return "a run is going on" }
        guard status.lastWasCutOff else { return "no run is going on" }
        return
            "no run is going on; the last one did not come to its end: type its command again, which goes on from there"
    }

    private var stateLines: [String] {
        var table = TextTable(.right, .left, .left)
        table.add(["ROWS", "STATE", "WHAT TO DO"])
        for state in RowState.allCases {
            let count = status.states[state, default: 0]
            if count > 0 { table.add([count.grouped, state.rawValue, state.advice]) }
        }
        return table.lines.count > 1 ? table.lines : []
    }

    private var errorLines: [String] {
        var table = TextTable(.right, .left, .left, .left)
        table.add(["ROWS", "SOURCE", "ERROR", "WHAT TO DO"])
        for error in status.errors {
            table.add([error.count.grouped, error.failure.source.rawValue, error.failure.code, error.advice])
        }
        return status.errors.isEmpty ? [] : table.lines
    }

    private var runLines: [String] {
        var table = TextTable(.left, .left, .right, .left, .right)
        table.add(["RUN", "STARTED", "TOOK", "OUTCOME", "ATTEMPTED"])
        for run in status.runs {
            table.add([
                run.id, run.startedAt.description, run.finishedAt?.since(run.startedAt).inWords ?? "-",
                run.outcome?.rawValue ?? (status.isGoingOn(run) ? "going on" : "cut off"),
                run.attempted.grouped,
            ])
        }
        return status.runs.isEmpty ? [] : table.lines
    }
}
