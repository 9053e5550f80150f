import Domain

extension LinkStep {
    private static let stillInDoubt = LinkUpdate(failed, where: "state = 'in_doubt'")
    private static let provenAbsent = LinkUpdate(
        """
        state = CASE WHEN token IS NULL THEN 'pending' ELSE 'minted' END, action = 'retry', because = :because, \
        error_source = NULL, error_type = NULL, error_code = NULL, error_message = NULL, \(noIntent)
        """,
        where: "state = 'in_doubt'"
    )
    private static let rested = LinkUpdate(
        "state = :state, action = 'review', because = :because, " + failed + ", " + noIntent,
        where: "state = 'in_doubt'"
    )
    private static let reopened = LinkUpdate(
        """
        state = 'in_doubt', action = 'review', doubt = 'duplicate', because = :because, clock_offset = NULL, \
        intent_at = coalesce((SELECT min(sent_at) FROM attempts WHERE link = :id AND call = 'post'), first_seen_at), \
        attempt_ended_at = :at, linked_account_id = NULL, bond_account_id = NULL, bond_status = NULL, \
        verification_status = NULL, bond_created = NULL, bond_updated = NULL, evidence = NULL, linked_at = NULL, \
        tried_at = :at, \(failed)
        """,
        where: "(state = 'linked' AND evidence = 'person' OR state IN ('pending', 'minted') AND because IS NOT NULL)"
    )
    private static let unlinked = LinkUpdate(
        "state = 'unlinked', action = 'review', " + failed,
        where: "state = 'linked'"
    )
    private static let missedByAudit = LinkUpdate("missed_audits = missed_audits + 1", where: "state = 'linked'")
    private static let seenByAudit = LinkUpdate(
        "missed_audits = 0, bond_status = :status, verification_status = :verification, bond_updated = :updated",
        where: "state = 'linked'"
    )

    /// Takes a step of reconciling.
    func takeReconcileStep(_ change: LinkChange) throws {
        switch change.event {
        case .stillInDoubt(let failure):
            try update(change, Self.stillInDoubt, Self.values(failure))
        case .provenAbsent(let because):
            if let state = try restedIn(change.link) { return try rest(change, in: state, because) }
            try update(change, Self.provenAbsent, [because])
        case .reopened(let because): try reopen(change, because)
        default: throw illegal(change)
        }
    }

    /// Puts a row in doubt again that a verdict settled, where no call has been made on it since.
    ///
    /// The link may be any that was made since the first POST. That Bond lists none proves nothing to a person who knew
    /// better before, so the doubt is one that absence does not settle.
    private func reopen(_ change: LinkChange, _ because: String) throws {
        let failure = Failure(source: .bond, code: "verdict_taken_back", message: because)
        try update(change, Self.reopened, [because] + Self.values(failure))
    }

    /// Takes a step of the audit.
    func takeAuditStep(_ change: LinkChange) throws {
        switch change.event {
        case .unlinked(let failure):
            try update(change, Self.unlinked, Self.values(failure))
        case .missedByAudit: try update(change, Self.missedByAudit)
        case .seenByAudit(let account):
            try update(change, Self.seenByAudit, [account.status, account.verificationStatus, account.dateUpdated])
        default: throw illegal(change)
        }
    }

    /// The state in which a row that is in doubt only because the ledger was restored waited for a person before.
    private func restedIn(_ link: Link.ID) throws -> RowState? {
        let state: String? = try database.value(
            """
            SELECT intent_from FROM links
            WHERE id = ? AND doubt = 'restored' AND intent_from IN ('held', 'unlinked')
            """,
            [link]
        )
        return state.flatMap(RowState.init(rawValue:))
    }

    /// No run links by itself what a person is to decide about, a restored ledger's neither.
    private func rest(_ change: LinkChange, in state: RowState, _ because: String) throws {
        let wasRemoved: Bool? = try database.value(
            """
            SELECT EXISTS (SELECT 1 FROM links JOIN removals USING (linked_account_id)
                WHERE links.id = ? AND removals.outcome = 'removed')
            """,
            [change.link]
        )
        let failure = wasRemoved == true ? Failure.removedOnRequest : nil
        try update(change, Self.rested, [state.rawValue, because] + Self.values(failure))
    }
}
