import Domain
import GRDB

extension LinkStep {
    /// The columns of the processor token, emptied.
    static let noToken = "token = NULL, token_fingerprint = NULL, token_minted_at = NULL, token_run = NULL"
    private static let notPosting = "state NOT IN ('posting', 'in_doubt', 'linked')"

    /// Takes a step of the first stage.
    func takeMintStep(_ change: LinkChange) throws {
        switch change.event {
        case .mintSent: try update(change, "mint_sent_at = :at", Self.notPosting)
        case .minted(let token): try keep(token, change)
        case .mintFailed(let orphaned):
            try update(
                change,
                "mint_sent_at = NULL, orphans = orphans + :orphans",
                Self.notPosting,
                ["orphans": orphaned ? 1 : 0]
            )
        case .settled(let settlement, let orphaned):
            try update(
                change,
                "mint_sent_at = NULL, orphans = orphans + :orphans, " + Self.settled,
                Self.notPosting,
                ["orphans": orphaned ? 1 : 0] + Self.values(settlement)
            )
            try noteRequestID(change)
        case .tokenDiscarded:
            try update(
                change,
                "state = CASE state WHEN 'minted' THEN 'pending' ELSE state END, orphans = orphans + 1, "
                    + Self.noToken,
                Self.notPosting + " AND token IS NOT NULL"
            )
        default: throw illegal(change)
        }
    }

    /// The columns of a settlement.
    static let settled = """
        state = :state, action = :action, error_source = :source, error_type = :type, error_code = :code, \
        error_message = :message, unknown_runs = :unknown, tried_at = :at, stopped_run_at = NULL
        """

    /// Their values.
    static func values(_ settlement: Settlement) -> StatementArguments {
        ["state": settlement.state.rawValue, "action": settlement.action.rawValue, "unknown": settlement.unknownRuns]
            + values(settlement.failure)
    }

    /// The values of a failure's columns; all are null where there is none.
    static func values(_ failure: Failure?) -> StatementArguments {
        [
            "source": failure?.source.rawValue, "type": failure?.type, "code": failure?.code,
            "message": failure?.message,
        ]
    }

    private func keep(_ token: ProcessorToken, _ change: LinkChange) throws {
        let identity = try LinkRecord.fetch(change.link, keys: keys, database).identity
        try update(
            change,
            """
            state = 'minted', action = 'retry', mint_sent_at = NULL, token = :token, token_fingerprint = :fingerprint, \
            token_minted_at = :minted, token_run = :run, error_source = NULL, error_type = NULL, error_code = NULL, \
            error_message = NULL
            """,
            Self.notPosting,
            [
                "token": try keys.seal(token.secret, for: identity).data, "fingerprint": token.fingerprint.bytes.data,
                "minted": token.mintedAt.milliseconds,
            ]
        )
        try noteRequestID(change)
    }

    private func noteRequestID(_ change: LinkChange) throws {
        guard let requestID = change.attempt?.requestID else { return }
        try update(change, "plaid_request_id = :request", "1", ["request": requestID])
    }
}
