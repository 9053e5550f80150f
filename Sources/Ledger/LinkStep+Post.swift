import Domain

extension LinkStep {
    /// The columns of an intent, emptied.
    static let noIntent =
        "intent_at = NULL, intent_from = NULL, clock_offset = NULL, attempt_ended_at = NULL, doubt = NULL"
    /// The columns of a failure.
    static let failed = "error_source = :source, error_type = :type, error_code = :code, error_message = :message"

    /// The columns of a linked row, with nothing left of its way there.
    static let linked = """
        state = 'linked', action = 'none', linked_account_id = :linked, bond_account_id = :account, \
        bond_status = :status, verification_status = :verification, bond_created = :created, \
        bond_updated = :updated, evidence = :evidence, because = :because, linked_at = :at, error_source = NULL, \
        error_type = NULL, error_code = NULL, error_message = NULL, unknown_runs = 0, missed_audits = 0, \
        stopped_run_at = NULL, tried_at = :at, \(noToken), \(noIntent)
        """

    private static let intent = LinkUpdate(
        """
        intent_from = state, state = 'posting', intent_at = :at, clock_offset = :offset, attempt_ended_at = :ends, \
        attempts = attempts + 1
        """,
        where: "state NOT IN ('posting', 'in_doubt', 'linked') AND token IS NOT NULL"
    )
    private static let intentClosed = LinkUpdate(
        "state = intent_from, attempts = attempts - :unsent, " + noIntent,
        where: "state = 'posting'"
    )
    private static let postSettled = LinkUpdate(settled + ", " + noIntent, where: "state = 'posting'")
    private static let inDoubt = LinkUpdate(
        "state = 'in_doubt', action = 'review', attempt_ended_at = :at, doubt = :cause, tried_at = :at, " + failed,
        where: "state = 'posting'"
    )
    private static let nowLinked = LinkUpdate(linked, where: "state IN ('posting', 'in_doubt')")
    private static let ownedElsewhere = LinkUpdate(
        "state = 'in_doubt', action = 'review', attempt_ended_at = coalesce(attempt_ended_at, :at), "
            + "doubt = 'duplicate', tried_at = :at, " + failed,
        where: "state IN ('posting', 'in_doubt')"
    )

    /// Takes a step of the second stage.
    func takePostStep(_ change: LinkChange) throws {
        switch change.event {
        case .intent(let offset): try intend(change, offset)
        case .intentClosed(let left): try update(change, Self.intentClosed, [left ? 0 : 1])
        case .postSettled(let settlement): try update(change, Self.postSettled, Self.values(settlement))
        case .inDoubt(let failure, let cause):
            try update(change, Self.inDoubt, [cause.rawValue] + Self.values(failure))
        default: throw illegal(change)
        }
    }

    /// Takes the step to `linked`, unless another row owns the link: then Bond's answer is not to be believed.
    func link(_ change: LinkChange, _ account: BondAccount, _ evidence: LinkChange.Evidence) throws -> CommitResult {
        if let owner = try owner(of: account, besides: change.link) {
            return try doubt(change, account, owner: owner)
        }
        try update(change, Self.nowLinked, Self.values(account, evidence))
        if evidence == .answered {
            // Any new one will do: where another worker is just naming its own, that is it.
            try database.execute(
                "UPDATE ledger SET newest_answered = ?\(database.unlessLocked("ledger"))",
                [change.link]
            )
        }
        return .done
    }

    /// Another row that owns a link.
    ///
    /// The table lets no two rows own one, so that who may find that out later need not ask.
    private func owner(of account: BondAccount, besides link: Link.ID) throws -> Link.ID? {
        guard !database.isOptimistic else { return nil }
        return try database.value(
            "SELECT id FROM links WHERE linked_account_id = ? AND id <> ?",
            [account.linkedAccountID, link]
        )
    }

    private func intend(_ change: LinkChange, _ offset: Duration?) throws {
        try checkEpoch()
        try update(change, Self.intent, [offset?.wholeMilliseconds, (change.at + callTimeout).milliseconds])
    }

    private func doubt(_ change: LinkChange, _ account: BondAccount, owner: Int64) throws -> CommitResult {
        let failure = Failure(
            source: .bond,
            code: "link_owned_by_other_row",
            message: "Bond gave the link \(account.linkedAccountID), which row \(owner) of the ledger owns"
        )
        try update(change, Self.ownedElsewhere, Self.values(failure))
        return .ownedElsewhere
    }

    /// Their values.
    static func values(_ account: BondAccount, _ evidence: LinkChange.Evidence) -> [any LedgerValueConvertible] {
        let (name, because): (String, String?) =
            switch evidence {
            case .answered: ("answered", nil)
            case .listed: ("listed", nil)
            case .person(let because): ("person", because)
            case .adopted: ("adopted", nil)
            }
        return [
            account.linkedAccountID, account.accountID, account.status, account.verificationStatus,
            account.dateCreated, account.dateUpdated, name, because,
        ]
    }
}
