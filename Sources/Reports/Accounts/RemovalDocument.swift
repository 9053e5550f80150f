package import Domain

/// What a removal of links came to, for scripts, as `accounts remove --json` prints it.
package struct RemovalDocument: Sendable {
    private let summary: RemovalSummary

    /// Makes the document of a removal.
    package init(_ summary: RemovalSummary) {
        self.summary = summary
    }

    /// The document on one line, without a line break at its end.
    package var json: String {
        let document: JSONValue = [
            "version": 1,
            "run_id": .string(summary.runID),
            "exit_code": .number(Int(summary.verdict.exitCode)),
            "outcome": .string(summary.verdict.outcome.rawValue),
            "links": .counts(summary.outcomes),
            "invalid": .number(summary.invalid),
            "unapproved": .number(summary.unapproved),
            "calls": ["bond": summary.calls.json],
            "results": .array(summary.results.map(result)),
            "started_at": JSONValue(summary.startedAt),
            "finished_at": JSONValue(summary.finishedAt),
            "ledger": .string(summary.ledger),
            "next": JSONValue(summary.next),
        ]
        return document.text
    }

    private func result(_ result: RemovalResult) -> JSONValue {
        let owner = result.order.owner
        return [
            "customer_id": JSONValue(owner.kind == .customer ? owner.id : nil),
            "business_id": JSONValue(owner.kind == .business ? owner.id : nil),
            "linked_account_id": .string(result.order.linkedAccountID),
            "outcome": .string(result.outcome.rawValue),
            "bank_name": JSONValue(result.account?.bankName),
            "mask": JSONValue(result.account?.mask),
            "account_id": JSONValue(result.row?.accountID),
            "reference": JSONValue(result.row?.reference),
            "error_code": JSONValue(result.failure?.code),
            "error_message": JSONValue(result.failure?.message),
        ]
    }
}
