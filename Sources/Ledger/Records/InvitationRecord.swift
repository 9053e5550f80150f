import Domain

/// A row of the table `invitations`.
enum InvitationRecord {
    /// What a token is recognised by as the one that is asked for: the form, the mode, and whose connection it is about.
    static func asked(_ form: LinkForm, _ invitee: Invitee, _ mode: LinkMode, _ keys: LedgerKeys) -> [UInt8] {
        let token = mode == .updateMode ? invitee.accessToken?.exposed ?? "" : ""
        return keys.hash("invitation", "\(mode.rawValue)\u{0}\(token)\u{0}\(form)")
    }

    /// Whether a kept token can be handed out.
    static func canOpen(_ sealed: [UInt8], _ identity: Identity, _ keys: LedgerKeys) -> Bool {
        keys.open(sealed, for: sealing(identity, "token")) != nil
    }

    /// The address of a page, as it was sealed; nothing where there is none, or another key sealed it.
    static func page(_ sealed: [UInt8], _ identity: Identity, _ keys: LedgerKeys) -> Secret? {
        keys.open(sealed, for: sealing(identity, "page"))
    }

    /// Gives an invitation a page whose address nobody can guess: 32 random bytes.
    static func makePage(
        of id: Invitation.ID,
        _ identity: Identity,
        _ keys: LedgerKeys,
        _ database: LedgerSession
    ) throws -> Secret {
        let address = Secret(LedgerKeys.makeSalt().map(\.hexDigits).joined())
        try database.execute(
            "UPDATE invitations SET page = ? WHERE id = ?",
            [try keys.seal(address, for: sealing(identity, "page")), id]
        )
        return address
    }

    /// What a link token is found by where only it is known.
    static func linkHash(_ token: Secret, _ keys: LedgerKeys) -> [UInt8] {
        keys.hash("link token", token.exposed)
    }

    /// Keeps how the customer's time with Link ended; a success stays one.
    static func end(
        _ id: Invitation.ID,
        _ ending: InvitationEnding,
        at: Timestamp,
        _ database: LedgerSession
    ) throws {
        let (word, code): (String, String?) =
            switch ending {
            case .success: ("success", nil)
            case .exit(let code): ("exit", code)
            }
        try database.execute(
            """
            UPDATE invitations SET ended = ?, ended_code = ?, ended_at = ?
            WHERE id = ? AND coalesce(ended, '') <> 'success'
                AND (coalesce(ended, '') <> ? OR coalesce(ended_code, '') <> ?)
            """,
            [word, code, at.milliseconds, id, word, code ?? ""]
        )
    }

    /// Keeps what became of an invitation; its token is sealed, as whoever has it can open Link in the customer's name.
    static func take(
        _ change: InvitationChange,
        of id: Invitation.ID,
        requestID: String?,
        at: Timestamp,
        keys: LedgerKeys,
        _ database: LedgerSession
    ) throws {
        switch change {
        case .made(let token, let mode):
            let identity = try identity(of: id, database)
            let hosted = try token.hostedURL.map { try keys.seal($0, for: sealing(identity, "hosted_url")) }
            try database.execute(
                """
                UPDATE invitations SET mode = ?, token = ?, hosted_url = ?, expiration = ?, expires_at = ?,
                    made_at = ?, request_id = ?, link_hash = ?, ended_at = NULL, ended = NULL, ended_code = NULL,
                    error_source = NULL, error_type = NULL, error_code = NULL, error_message = NULL WHERE id = ?
                """,
                [
                    mode.rawValue, try keys.seal(token.secret, for: sealing(identity, "token")), hosted,
                    token.expiration, token.expiresAt?.milliseconds, at.milliseconds, requestID,
                    linkHash(token.secret, keys), id,
                ]
            )
        case .failed(let failure):
            try database.execute(
                """
                UPDATE invitations SET error_source = :source, error_type = :type, error_code = :code,
                    error_message = :message, request_id = :request WHERE id = :id
                """,
                Failure.arguments(failure) + ["request": requestID, "id": id]
            )
        }
    }

    /// Whether a line's customer may have been through Link.
    static func poll(
        _ invitee: Invitee,
        at: Timestamp,
        _ keys: LedgerKeys,
        _ database: LedgerSession
    ) throws -> InvitationPoll {
        let identity = invitee.identity
        let row = try database.row(
            """
            SELECT id, mode, token, hosted_url, expiration, ended FROM invitations
            WHERE owner_kind = ? AND owner_key = ? AND account_id = ?
            """,
            [identity.owner.kind.rawValue, identity.owner.key, identity.accountID]
        )
        guard let row, let mode = LinkMode(rawValue: try row.value("mode")) else { return .notInvited }
        if try row.value("ended") as String? == "success" { return .collected }
        guard let token = try token(row, identity, keys),
            token.expiresAt.map({ $0 + InvitationPolicy.memory > at }) ?? true
        else { return .notInvited }
        return .ask(try row.value("id"), mode, token)
    }

    /// The invitations that a run met in its input and came to something with, in the order in which they were first met.
    static func fetch(
        run: Int64,
        after id: Invitation.ID,
        limit: Int,
        keys: LedgerKeys,
        _ database: LedgerSession
    ) throws -> [Invitation] {
        try database.rows(
            """
            SELECT invitations.*, files.path AS file_path FROM invitations JOIN files ON files.id = invitations.file
            WHERE run = ? AND invitations.id > ? AND (token IS NOT NULL OR error_code IS NOT NULL)
            ORDER BY invitations.id LIMIT ?
            """,
            [run, id, limit]
        ).compactMap { try invitation($0, keys: keys) }
    }

    private static func invitation(_ row: LedgerRow, keys: LedgerKeys) throws -> Invitation? {
        guard let owner = try row.owner(), let mode = LinkMode(rawValue: try row.value("mode")) else { return nil }
        let identity = Identity(owner: owner, accountID: try row.value("account_id"))
        return Invitation(
            id: try row.value("id"),
            invitee: Invitee(
                owner: owner,
                accountID: identity.accountID.isEmpty ? nil : identity.accountID,
                accessToken: nil,
                reference: try row.value("reference"),
                position: InputPosition(file: try row.value("file_path"), line: try row.value("line"))
            ),
            mode: mode,
            token: try token(row, identity, keys),
            failure: try Failure(row, "")
        )
    }

    private static func token(_ row: LedgerRow, _ identity: Identity, _ keys: LedgerKeys) throws -> LinkToken? {
        guard let secret = keys.open(try row.bytes("token"), for: sealing(identity, "token")) else { return nil }
        return LinkToken(
            secret: secret,
            expiration: try row.value("expiration"),
            hostedURL: keys.open(try row.bytes("hosted_url"), for: sealing(identity, "hosted_url"))
        )
    }

    private static func identity(of id: Invitation.ID, _ database: LedgerSession) throws -> Identity {
        let row = try database.row("SELECT owner_kind, owner_id, account_id FROM invitations WHERE id = ?", [id])
        guard let row, let owner = try row.owner() else { throw LedgerError.noSuchRow("invitation \(id)") }
        return Identity(owner: owner, accountID: try row.value("account_id"))
    }

    /// What is sealed for one column opens in no other.
    private static func sealing(_ identity: Identity, _ column: String) -> Identity {
        Identity(owner: identity.owner, accountID: "invitation \(column) \(identity.accountID)")
    }
}
