/// A table of the ledger, as every engine has it.
struct LedgerTable {
    let name: String
    let columns: [String]
    /// What its rows are in the order of.
    let key: String

    /// All of them; none names rows of a later one.
    static let all = [
        LedgerTable("runs", "id name kind command started_at finished_at outcome exit_code rows_read rows_attempted"),
        LedgerTable("files", "id path"),
        LedgerTable(
            "items",
            """
            id fingerprint item_id institution_id institution_name action error_source error_type \
            error_code error_message unhealthy_since repaired_at consent_expires_at checked_at \
            request_id run
            """
        ),
        LedgerTable(
            "exchanges",
            """
            id public_fingerprint open_since received_at access_fingerprint access_token item_id \
            exported_at
            """
        ),
        LedgerTable(
            "links",
            """
            id owner_kind owner_key owner_id account_id reference state action fingerprint token \
            token_fingerprint token_minted_at token_run mint_sent_at intent_at intent_from clock_offset \
            attempt_ended_at doubt linked_account_id bond_account_id bond_status verification_status \
            bond_created bond_updated evidence because error_source error_type error_code error_message \
            attempts orphans unknown_runs missed_audits stopped_run_at tried_at plaid_request_id \
            first_seen_at updated_at linked_at run file line item exchange input_high input_low
            """
        ),
        LedgerTable("ledger", "id environment client_hash salt epoch created_at newest_answered"),
        LedgerTable("attempts", "id link run call result sent_at latency http_status error_code message request_id"),
        LedgerTable(
            "invalid_rows",
            """
            id run file line problem_line problem_column reason message reference owner_kind owner_id \
            account_id seen_at
            """
        ),
        LedgerTable("credentials", "api hash last_success_at", key: "api, hash"),
        LedgerTable("stops", "id run stop credentials stopped_at"),
        LedgerTable("learned_rates", "api calls_per_second learned_at", key: "api"),
        LedgerTable("run_states", "run state rows", key: "run, state"),
        LedgerTable("run_calls", "run api ok rate_limited failed rate_given", key: "run, api"),
        LedgerTable("past_states", "run link state action error_source error_code", key: "run, link"),
        LedgerTable(
            "removals",
            """
            id run link owner_kind owner_key owner_id linked_account_id form listed_status intent_at \
            calls http_status error_code message settled_at outcome
            """
        ),
        LedgerTable(
            "invitations",
            """
            id owner_kind owner_key owner_id account_id reference mode asked token hosted_url expiration \
            expires_at made_at request_id error_source error_type error_code error_message run file line \
            link_hash page ended_at ended ended_code
            """
        ),
        LedgerTable(
            "accounts",
            "link persistent traits seen_at missing_since proposed_account_id proposed_by",
            key: "link"
        ),
    ]

    /// Whether its rows have numbers that the engine gives.
    var hasNumbers: Bool { key == "id" && name != "ledger" }

    private init(_ name: String, _ columns: String, key: String = "id") {
        self.name = name
        self.columns = columns.split(separator: " ").map(String.init)
        self.key = key
    }
}
