import Domain

extension LinkRecord {
    /// A changed token is new evidence for a row that is not linked yet, and the end of a processor token made from
    /// the old one.
    static func renew(_ id: Link.ID, _ fingerprint: Fingerprint, at: Timestamp, _ database: LedgerSession) throws {
        try database.execute(
            """
            UPDATE links SET orphans = orphans + 1, token = NULL, token_fingerprint = NULL, token_minted_at = NULL,
                token_run = NULL, state = CASE state WHEN 'minted' THEN 'pending' ELSE state END
            WHERE id = ? AND token IS NOT NULL AND state NOT IN ('posting', 'in_doubt')
            """,
            [id]
        )
        try database.execute(
            """
            UPDATE links SET state = 'pending', action = 'retry', unknown_runs = 0, stopped_run_at = NULL,
                error_source = NULL, error_type = NULL, error_code = NULL, error_message = NULL, updated_at = ?
            WHERE id = ? AND state IN ('pending', 'retryable', 'needs_user', 'rejected')
            """,
            [at.milliseconds, id]
        )
        try database.execute("UPDATE links SET fingerprint = ? WHERE id = ?", [fingerprint.bytes, id])
    }
}
