import Domain

/// One owner's rows with every attempt, for scripts.
package struct CustomerDocument: Sendable {
    private let history: CustomerHistory

    /// Makes the document of an owner's rows.
    package init(_ history: CustomerHistory) {
        self.history = history
    }

    /// The document on one line, without a line break at its end.
    ///
    /// A row has the keys of a report's row, `item` with those that `--health` adds, or null, and `calls`.
    package var json: String {
        let document: JSONValue = [
            "version": 1,
            "customer_id": JSONValue(history.owner.id(if: .customer)),
            "business_id": JSONValue(history.owner.id(if: .business)),
            "rows": .array(history.rows.map(row)),
        ]
        return document.text
    }

    private func row(_ row: CustomerHistory.Row) -> JSONValue {
        let fields = ReportColumns.all.map { ($0.name, JSONValue($0.cell(row.row))) }
        let item = row.row.item.map { _ in
            JSONValue.object(ReportColumns.item.map { ($0.name, JSONValue($0.cell(row.row))) })
        }
        return .object(fields + [("item", item ?? .null), ("calls", .array(row.calls.map(call)))])
    }

    private func call(_ call: CustomerHistory.Call) -> JSONValue {
        let attempt = call.attempt
        return [
            "run_id": .string(call.runID),
            "call": .string(attempt.call.rawValue),
            "result": .string(attempt.result.rawValue),
            "sent_at": JSONValue(attempt.sentAt),
            "latency_ms": JSONValue(attempt.latency.map { Int($0.wholeMilliseconds) }),
            "http_status": JSONValue(attempt.status),
            "error_code": JSONValue(attempt.code),
            "error_message": JSONValue(attempt.message),
            "request_id": JSONValue(attempt.requestID),
        ]
    }
}
