import Domain

extension LinkStep {
    /// The columns of the processor token, emptied.
    static let noToken = "token = NULL, token_fingerprint = NULL, token_minted_at = NULL, token_run = NULL"
    /// The columns of a settlement, whose values `values` gives.
    static let settled = """
        state = :state, action = :action, unknown_runs = :unknown, tried_at = :at, stopped_run_at = NULL, \(failed)
        """
    private static let notPosting = "state NOT IN ('posting', 'in_doubt', 'linked')"

    private static let mintSent = LinkUpdate("mint_sent_at = :at", where: notPosting)
    private static let mintFailed = LinkUpdate(
        "mint_sent_at = NULL, orphans = orphans + :orphans, plaid_request_id = coalesce(:request, plaid_request_id)",
        where: notPosting
    )
    private static let mintSettled = LinkUpdate(
        "mint_sent_at = NULL, orphans = orphans + :orphans, plaid_request_id = coalesce(:request, plaid_request_id), "
            + settled,
        where: notPosting
    )
    private static let minted = LinkUpdate(
        """
        state = 'minted', action = 'retry', mint_sent_at = NULL, token = :token, token_fingerprint = :fingerprint, \
        token_minted_at = :minted, token_run = :run, error_source = NULL, error_type = NULL, error_code = NULL, \
        error_message = NULL, plaid_request_id = coalesce(:request, plaid_request_id)
        """,
        where: notPosting
    )
    private static let tokenDiscarded = LinkUpdate(
        "state = CASE state WHEN 'minted' THEN 'pending' ELSE state END, orphans = orphans + 1, " + noToken,
        where: notPosting + " AND token IS NOT NULL"
    )

    /// Takes a step of the first stage.
    func takeMintStep(_ change: LinkChange) throws {
        switch change.event {
        case .mintSent: try update(change, Self.mintSent)
        case .minted(let token, let identity): try keep(token, of: identity, change)
        case .mintFailed(let orphaned):
            try update(change, Self.mintFailed, [orphaned ? 1 : 0, change.attempt?.requestID])
        case .settled(let settlement, let orphaned):
            try update(
                change,
                Self.mintSettled,
                [orphaned ? 1 : 0, change.attempt?.requestID] + Self.values(settlement)
            )
        case .tokenDiscarded: try update(change, Self.tokenDiscarded)
        default: throw illegal(change)
        }
    }

    /// The values of a settlement's columns.
    static func values(_ settlement: Settlement) -> [any LedgerValueConvertible] {
        [settlement.state.rawValue, settlement.action.rawValue, settlement.unknownRuns] + values(settlement.failure)
    }

    /// The values of a failure's columns; all are null where there is none.
    static func values(_ failure: Failure?) -> [any LedgerValueConvertible] {
        [failure?.source.rawValue, failure?.type, failure?.code, failure?.message]
    }

    private func keep(_ token: ProcessorToken, of identity: Identity, _ change: LinkChange) throws {
        try update(
            change,
            Self.minted,
            [
                try keys.seal(token.secret, for: identity), token.fingerprint.bytes,
                token.mintedAt.milliseconds, change.attempt?.requestID,
            ]
        )
    }
}
