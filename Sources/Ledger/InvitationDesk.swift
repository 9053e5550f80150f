import Domain

/// Takes lines of input in as invitations, and says which of them need a token; within one transaction.
struct InvitationDesk {
    let database: LedgerSession
    let keys: LedgerKeys
    let run: Int64
    let policy: InvitationPolicy

    /// Finds or adds the invitation and says what is to be done about it.
    func admit(_ invitee: Invitee) throws -> InvitationAdmission {
        guard let wanted = try wanted(invitee) else { return .leftOut }
        let mode = wanted.mode
        let asked = InvitationRecord.asked(policy.form, invitee, mode, keys)
        guard let known = wanted.known else { return .make(try add(invitee, mode, asked), mode) }
        let id: Invitation.ID = try known.value("id")
        if try known.value("run") == run { return .duplicate }
        // What Link was opened with before may not open it again.
        let isOver = try known.value("ended") as String? != nil
        let expiresAt = try known.timestamp("expires_at")
        // A token that was made for the first time because the old connection turned out to be gone is what is asked for.
        let isAsked = try known.bytes("asked") == asked
        let hasTime = expiresAt.map { $0 > policy.now + InvitationPolicy.margin } ?? false
        // What was sealed with another key cannot be handed out.
        let canBeOpened = InvitationRecord.canOpen(try known.bytes("token"), invitee.identity, keys)
        let isGood = isAsked && hasTime && canBeOpened && !isOver
        try place(id, invitee, mode: isGood ? nil : mode, asked: asked, forgets: isGood ? "" : Self.token + Self.ending)
        return isGood ? .stillGood : .make(id, mode)
    }

    /// Finds or adds the invitation of a customer who gets a page; its link tokens are made when the customer asks for Link.
    func admitGuest(_ invitee: Invitee) throws -> GuestAdmission {
        guard let wanted = try wanted(invitee) else { return .leftOut }
        let mode = wanted.mode
        let asked = InvitationRecord.asked(policy.form, invitee, mode, keys)
        guard let known = wanted.known else {
            let id = try add(invitee, mode, asked)
            return .guest(id, mode, try InvitationRecord.makePage(of: id, invitee.identity, keys, database))
        }
        let id: Invitation.ID = try known.value("id")
        if try known.value("run") == run { return .duplicate }
        // Who has been there with success, and is wanted again, gets another page.
        let isOver = try known.value("ended") as String? == "success"
        try place(id, invitee, mode: mode, asked: asked, forgets: isOver ? Self.token + Self.ending + Self.page : "")
        let page = isOver ? nil : InvitationRecord.page(try known.bytes("page"), invitee.identity, keys)
        return .guest(id, mode, try page ?? InvitationRecord.makePage(of: id, invitee.identity, keys, database))
    }

    /// To what a customer is invited, and the invitation that is there; nothing for one who is not to be asked.
    private func wanted(_ invitee: Invitee) throws -> (mode: LinkMode, known: LedgerRow?)? {
        let row = try standing(of: invitee)
        if case .only(let states, let unhealthy) = policy.choice {
            guard let row, states.contains(row.state) || unhealthy && row.isUnhealthy else { return nil }
        }
        // What Plaid says is gone cannot be repaired: the customer connects a bank anew.
        let mode = invitee.accessToken == nil || row?.action == .relink ? LinkMode.firstTime : .updateMode
        guard let known = try find(invitee.identity) else { return (mode, nil) }
        // Who has been through Link with success is not asked again, unless something has happened to the row since.
        if try known.value("ended") as String? == "success", let endedAt = try known.timestamp("ended_at"),
            row.map({ $0.changedAt <= endedAt }) ?? true
        {
            return nil
        }
        return (mode, known)
    }

    private static let token =
        ", token = NULL, hosted_url = NULL, expiration = NULL, expires_at = NULL, made_at = NULL, link_hash = NULL"
    private static let ending = ", ended = NULL, ended_at = NULL, ended_code = NULL"
    private static let page = ", page = NULL"

    /// What a run last said of the account, and a check of the connection behind it.
    private struct Standing {
        let state: RowState
        let action: RowAction
        let isUnhealthy: Bool
        /// When what is known of it changed last.
        let changedAt: Timestamp
    }

    private func standing(of invitee: Invitee) throws -> Standing? {
        let row = try database.row(
            """
            SELECT state, links.action, items.action AS item_action,
                CASE WHEN items.unhealthy_since > links.updated_at THEN items.unhealthy_since
                    ELSE links.updated_at END AS changed_at FROM links
            LEFT JOIN items ON items.id = links.item WHERE owner_kind = ? AND owner_key = ?
                AND (account_id = ? OR ? = '' AND state = 'needs_user') LIMIT 1
            """,
            [
                invitee.owner.kind.rawValue, invitee.owner.key, invitee.identity.accountID, invitee.identity.accountID,
            ]
        )
        guard let row, let state = RowState(rawValue: try row.value("state")),
            let action = RowAction(rawValue: try row.value("action"))
        else { return nil }
        let itemAction: String? = try row.value("item_action")
        let health = ItemHealth(action: itemAction.flatMap(RowAction.init(rawValue:)) ?? .none, failure: nil)
        let isGone = state == .linked && health.action == .relink
        return Standing(
            state: state,
            action: isGone ? .relink : action,
            isUnhealthy: [.updateMode, .relink].contains(health.action),
            changedAt: try row.timestamp("changed_at") ?? Timestamp(milliseconds: 0)
        )
    }

    private func find(_ identity: Identity) throws -> LedgerRow? {
        try database.row(
            """
            SELECT id, asked, token, expires_at, run, ended, ended_at, page FROM invitations
            WHERE owner_kind = ? AND owner_key = ? AND account_id = ?
            """,
            [identity.owner.kind.rawValue, identity.owner.key, identity.accountID]
        )
    }

    private func add(_ invitee: Invitee, _ mode: LinkMode, _ asked: [UInt8]) throws -> Invitation.ID {
        try database.insert(
            """
            INSERT INTO invitations (owner_kind, owner_key, owner_id, account_id, reference, mode, asked, run, file,
                line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                invitee.owner.kind.rawValue, invitee.owner.key, invitee.owner.id, invitee.identity.accountID,
                invitee.reference, mode.rawValue, asked, run, try number(of: invitee.position.file),
                invitee.position.line,
            ]
        )
    }

    private func place(
        _ id: Invitation.ID,
        _ invitee: Invitee,
        mode: LinkMode?,
        asked: [UInt8],
        forgets: String
    ) throws {
        try database.execute(
            """
            UPDATE invitations SET reference = ?, run = ?, file = ?, line = ?, mode = coalesce(?, mode), asked = ?, \
            error_source = NULL, error_type = NULL, error_code = NULL, error_message = NULL\
            \(forgets) WHERE id = ?
            """,
            [
                invitee.reference, run, try number(of: invitee.position.file), invitee.position.line, mode?.rawValue,
                asked, id,
            ]
        )
    }

    private func number(of file: String) throws -> Int64 {
        try database.execute("INSERT INTO files (path) VALUES (?) ON CONFLICT DO NOTHING", [file])
        return try database.value("SELECT id FROM files WHERE path = ?", [file]) ?? 0
    }
}
