/// Something that no row may be, as a condition that finds the rows that are.
struct RowRule {
    /// SQL on the columns of `links`.
    let condition: String
    /// What is wrong with a row, as the end of a sentence about it.
    let complaint: String

    /// What no row that is not linked may be; the index of such rows makes these cheap.
    static let ofOpenRows =
        [
            RowRule(
                """
                state NOT IN ('pending', 'minted', 'posting', 'in_doubt', 'retryable', 'needs_user', 'rejected', 'held', \
                'unlinked')
                """,
                "has a state that relink does not know"
            ),
            RowRule("state IN ('minted', 'posting') AND token IS NULL", "should have a processor token and has none"),
            RowRule("state IN ('posting', 'in_doubt') AND intent_at IS NULL", "was posted without an intent"),
            RowRule("state = 'in_doubt' AND attempt_ended_at IS NULL", "is in doubt about a POST that has no end"),
            RowRule(
                "state = 'in_doubt' AND doubt NOT IN ('unanswered', 'crashed', 'restored', 'duplicate')",
                "is in doubt for a cause that relink does not know"
            ),
            RowRule(
                "(state = 'posting' OR state = 'in_doubt' AND doubt IN ('unanswered', 'crashed')) AND attempts < 1",
                "was posted, and its POST was not counted"
            ),
            RowRule(
                "state NOT IN ('posting', 'in_doubt') AND (intent_at IS NOT NULL OR doubt IS NOT NULL)",
                "has an intent, and is neither being posted nor in doubt"
            ),
            RowRule(
                "state IN ('retryable', 'needs_user', 'rejected', 'in_doubt') AND error_code IS NULL",
                "does not say why it is not linked"
            ),
            RowRule(
                "state IN ('retryable', 'needs_user', 'rejected', 'in_doubt', 'held', 'unlinked') AND action = 'none'",
                "does not say what is to be done about it"
            ),
        ] + ofAnyRow

    /// What no linked row may be.
    static let ofLinkedRows =
        [
            RowRule("linked_account_id IS NULL OR linked_account_id = ''", "is linked without a linked_account_id"),
            RowRule("token IS NOT NULL", "is linked and still has its processor token"),
            RowRule("intent_at IS NOT NULL OR doubt IS NOT NULL", "is linked and still has an intent"),
            RowRule("linked_at IS NULL", "is linked without a time"),
        ] + ofAnyRow

    private static let ofAnyRow = [
        RowRule(
            "token IS NOT NULL AND (token_fingerprint IS NULL OR token_minted_at IS NULL OR token_run IS NULL)",
            "has a processor token that does not say what it was made from"
        ),
        RowRule(
            "action NOT IN ('none', 'retry', 'update_mode', 'relink', 'fix_identity', 'fix_row', 'review')",
            "has an action that relink does not know"
        ),
        RowRule("owner_key = '' OR account_id = ''", "has no owner or no account"),
        RowRule("attempts < 0 OR orphans < 0 OR unknown_runs < 0 OR missed_audits < 0", "has a count below zero"),
    ]

    private init(_ condition: String, _ complaint: String) {
        self.condition = condition
        self.complaint = complaint
    }
}
