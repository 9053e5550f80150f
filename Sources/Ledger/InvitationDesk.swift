import Domain
import GRDB

/// Takes lines of input in as invitations, and says which of them need a token; within one transaction.
struct InvitationDesk {
    let database: Database
    let keys: LedgerKeys
    let run: Int64
    let policy: InvitationPolicy

    /// Finds or adds the invitation and says what is to be done about it.
    func admit(_ invitee: Invitee) throws -> InvitationAdmission {
        let row = try standing(of: invitee)
        if case .only(let states, let unhealthy) = policy.choice {
            guard let row, states.contains(row.state) || unhealthy && row.isUnhealthy else { return .leftOut }
        }
        // What Plaid says is gone cannot be repaired: the customer connects a bank anew.
        let mode = invitee.accessToken == nil || row?.action == .relink ? LinkMode.firstTime : .updateMode
        let asked = InvitationRecord.asked(policy.form, invitee, mode, keys)
        guard let known = try find(invitee.identity) else { return .make(try add(invitee, mode, asked), mode) }
        let id: Invitation.ID = try known.value("id")
        if try known.value("run") == run { return .duplicate }
        // Who has been through Link with success is not asked again, unless something has happened to the row since.
        if try known.value("ended") as String? == "success", let endedAt = try known.timestamp("ended_at"),
            row.map({ $0.changedAt <= endedAt }) ?? true
        {
            return .leftOut
        }
        // What Link was opened with before may not open it again.
        let isOver = try known.value("ended") as String? != nil
        let expiresAt = try known.timestamp("expires_at")
        // A token that was made for the first time because the old connection turned out to be gone is what is asked for.
        let isAsked = try known.bytes("asked") == asked
        let hasTime = expiresAt.map { $0 > policy.now + InvitationPolicy.margin } ?? false
        // What was sealed with another key cannot be handed out.
        let canBeOpened = InvitationRecord.canOpen(try known.bytes("token"), invitee.identity, keys)
        let isGood = isAsked && hasTime && canBeOpened && !isOver
        try place(id, invitee, mode: isGood ? nil : mode, asked: asked, keepsToken: isGood)
        return isGood ? .stillGood : .make(id, mode)
    }

    /// What a run last said of the account, and a check of the connection behind it.
    private struct Standing {
        let state: RowState
        let action: RowAction
        let isUnhealthy: Bool
        /// When what is known of it changed last.
        let changedAt: Timestamp
    }

    private func standing(of invitee: Invitee) throws -> Standing? {
        let row = try Row.fetchOne(
            try database.cachedStatement(
                sql: """
                    SELECT state, links.action, items.action AS item_action,
                        max(links.updated_at, coalesce(items.unhealthy_since, 0)) AS changed_at FROM links
                    LEFT JOIN items ON items.id = links.item WHERE owner_kind = ? AND owner_key = ?
                        AND (account_id = ? OR ? = '' AND state = 'needs_user') LIMIT 1
                    """
            ),
            arguments: [
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

    private func find(_ identity: Identity) throws -> Row? {
        try Row.fetchOne(
            try database.cachedStatement(
                sql: """
                    SELECT id, asked, token, expires_at, run, ended, ended_at FROM invitations
                    WHERE owner_kind = ? AND owner_key = ? AND account_id = ?
                    """
            ),
            arguments: [identity.owner.kind.rawValue, identity.owner.key, identity.accountID]
        )
    }

    private func add(_ invitee: Invitee, _ mode: LinkMode, _ asked: [UInt8]) throws -> Invitation.ID {
        try database.cachedStatement(
            sql: """
                INSERT INTO invitations (owner_kind, owner_key, owner_id, account_id, reference, mode, asked, run, file,
                    line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            invitee.owner.kind.rawValue, invitee.owner.key, invitee.owner.id, invitee.identity.accountID,
            invitee.reference, mode.rawValue, asked.data, run, try number(of: invitee.position.file),
            invitee.position.line,
        ])
        return database.lastInsertedRowID
    }

    private func place(
        _ id: Invitation.ID,
        _ invitee: Invitee,
        mode: LinkMode?,
        asked: [UInt8],
        keepsToken: Bool
    ) throws {
        let forgotten =
            ", token = NULL, hosted_url = NULL, expiration = NULL, expires_at = NULL, made_at = NULL, link_hash = NULL, "
            + "ended = NULL, ended_at = NULL, ended_code = NULL"
        try database.cachedStatement(
            sql: """
                UPDATE invitations SET reference = ?, run = ?, file = ?, line = ?, mode = coalesce(?, mode), asked = ?, \
                error_source = NULL, error_type = NULL, error_code = NULL, error_message = NULL\
                \(keepsToken ? "" : forgotten) WHERE id = ?
                """
        ).execute(arguments: [
            invitee.reference, run, try number(of: invitee.position.file), invitee.position.line, mode?.rawValue,
            asked.data, id,
        ])
    }

    private func number(of file: String) throws -> Int64 {
        try database.cachedStatement(sql: "INSERT INTO files (path) VALUES (?) ON CONFLICT DO NOTHING")
            .execute(arguments: [file])
        return try Int64.fetchOne(
            try database.cachedStatement(sql: "SELECT id FROM files WHERE path = ?"),
            arguments: [file]
        ) ?? 0
    }
}
