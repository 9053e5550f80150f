package import Domain

/// What an adoption of links came to, for scripts, as `adopt --json` prints it.
package struct AdoptionDocument: Sendable {
    private let summary: AdoptionSummary

    /// Makes the document of an adoption.
    package init(_ summary: AdoptionSummary) {
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
            "unusable": .number(summary.unusable),
            "invalid": .number(summary.invalid),
            "excluded": .number(summary.excluded),
            "calls": ["bond": summary.calls.json],
            "results": .array(summary.results.map(result)),
            "started_at": JSONValue(summary.startedAt),
            "finished_at": JSONValue(summary.finishedAt),
            "ledger": .string(summary.ledger),
            "next": JSONValue(summary.next),
        ]
        return document.text
    }

    private func result(_ result: AdoptionResult) -> JSONValue {
        let (claim, owner) = (result.adoption, result.adoption.identity.owner)
        return [
            "customer_id": JSONValue(owner.id(if: .customer)),
            "business_id": JSONValue(owner.id(if: .business)),
            "account_id": .string(claim.identity.accountID),
            "linked_account_id": .string(claim.linkedAccountID),
            "reference": JSONValue(claim.reference),
            "outcome": .string(result.outcome.rawValue),
            "error_code": JSONValue(result.failure?.code),
            "error_message": JSONValue(result.failure?.message),
            "input_file": .string(claim.position.file),
            "input_line": .number(claim.position.line),
        ]
    }
}
