import Domain
import GRDB

extension LinkStep {
    /// Takes a step of reconciling.
    func takeReconcileStep(_ change: LinkChange) throws {
        switch change.event {
        case .stillInDoubt(let failure):
            try update(change, Self.failed, "state = 'in_doubt'", Self.values(failure))
        case .provenAbsent(let because):
            if try wasRemovedOnRequest(change.link) { return try leaveRemoved(change, because) }
            try update(
                change,
                """
                state = CASE WHEN token IS NULL THEN 'pending' ELSE 'minted' END, action = 'retry', because = :because, \
                error_source = NULL, error_type = NULL, error_code = NULL, error_message = NULL, \(Self.noIntent)
                """,
                "state = 'in_doubt'",
                ["because": because]
            )
        default: throw illegal(change)
        }
    }

    /// Takes a step of the audit.
    func takeAuditStep(_ change: LinkChange) throws {
        switch change.event {
        case .unlinked(let failure):
            try update(
                change,
                "state = 'unlinked', action = 'review', " + Self.failed,
                "state = 'linked'",
                Self.values(failure)
            )
        case .missedByAudit: try update(change, "missed_audits = missed_audits + 1", "state = 'linked'")
        case .seenByAudit(let account):
            try update(
                change,
                "missed_audits = 0, bond_status = :status, verification_status = :verification, bond_updated = :updated",
                "state = 'linked'",
                [
                    "status": account.status, "verification": account.verificationStatus,
                    "updated": account.dateUpdated,
                ]
            )
        default: throw illegal(change)
        }
    }

    /// Whether the row is in doubt only because the ledger was restored, and a person had its link removed before.
    private func wasRemovedOnRequest(_ link: Link.ID) throws -> Bool {
        try Bool.fetchOne(
            try database.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM links JOIN removals USING (linked_account_id)
                        WHERE links.id = ? AND doubt = 'restored' AND removals.outcome = 'removed')
                    """
            ),
            arguments: [link]
        ) ?? false
    }

    /// No run links again by itself what a person had removed, a restored ledger's neither.
    private func leaveRemoved(_ change: LinkChange, _ because: String) throws {
        let failure = Failure.removedOnRequest
        try update(
            change,
            "state = 'unlinked', action = 'review', because = :because, " + Self.failed + ", " + Self.noIntent,
            "state = 'in_doubt'",
            ["because": because] + Self.values(failure)
        )
    }
}
