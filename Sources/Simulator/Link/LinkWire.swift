import FoundationEssentials

extension LinkTokenRecord {
    /// Plaid keeps what became of a session for six hours after it.
    private static let memory = 6 * 3600.0

    /// As `/link/token/get` tells it.
    func body(at now: Date) -> [String: JSON] {
        let remembered = sessions.filter { session in
            session.finished.map { now.timeIntervalSince($0) < LinkTokenRecord.memory } ?? true
        }
        return [
            "link_token": .string(token), "created_at": .string(CivilTime(created).zulu),
            "expiration": .string(CivilTime(expires).zulu), "metadata": metadata,
            "link_sessions": .array(remembered.map(\.json)),
        ]
    }

    var adminJSON: JSON {
        [
            "link_token": .string(token), "expiration": .string(CivilTime(expires).zulu), "user": .string(userID),
            "update_mode": .bool(isUpdate), "hosted": .bool(hostedID != nil), "webhook": .optional(webhook),
            "redirect_uri": .optional(redirectURI), "link_sessions": .array(sessions.map(\.json)),
        ]
    }
}

extension LinkSession {
    /// As `/link/token/get` tells it, in its newer and its older words.
    var json: JSON {
        var members: [String: JSON] = [
            "link_session_id": .string(id), "started_at": .string(CivilTime(started).zulu),
            "finished_at": .optional(finished.map { CivilTime($0).zulu }),
            "results": nil, "exit": nil, "on_success": nil, "on_exit": nil,
        ]
        switch outcome {
        case nil: break
        case .success(let publicToken, let accounts):
            let result: JSON = [
                "public_token": .string(publicToken), "accounts": .array(accounts.map(\.linkJSON)),
                "institution": Institution.usual.json,
            ]
            members["results"] = ["item_add_results": [result]]
            members["on_success"] = ["public_token": .string(publicToken), "metadata": successMetadata(accounts)]
        case .exit(let code):
            members["exit"] = ["error": LinkSession.error(code), "metadata": exitMetadata(code)]
            members["on_exit"] = members["exit"]
        }
        return .object(members)
    }

    /// What `onSuccess` and `onExit` hand to a page, with the name of the one that is called.
    var callback: JSON {
        switch outcome {
        case nil: ["outcome": nil]
        case .success(let publicToken, let accounts):
            ["outcome": "success", "public_token": .string(publicToken), "metadata": successMetadata(accounts)]
        case .exit(let code):
            ["outcome": "exit", "error": LinkSession.error(code), "metadata": exitMetadata(code)]
        }
    }

    private func successMetadata(_ accounts: [ItemAccount]) -> JSON {
        [
            "institution": Institution.usual.json, "accounts": .array(accounts.map(\.linkJSON)),
            "link_session_id": .string(id), "transfer_status": nil,
        ]
    }

    private func exitMetadata(_ code: String?) -> JSON {
        [
            "institution": code == nil ? .null : Institution.usual.json,
            "status": code == nil ? "institution_not_selected" : "requires_credentials",
            "link_session_id": .string(id), "request_id": .string(Fingerprint(id).identifier(count: 15)),
        ]
    }

    private static func error(_ code: String?) -> JSON {
        code.map { (PlaidProblemTable.problem($0) ?? .linkError($0)).linkJSON } ?? .null
    }
}

extension PlaidProblem {
    /// The four members that a page gets.
    var linkJSON: JSON {
        [
            "error_type": .string(type), "error_code": .string(code), "error_message": .string(message),
            "display_message": nil,
        ]
    }

    static func linkError(_ code: String) -> PlaidProblem {
        PlaidProblem(type: "ITEM_ERROR", code: code, message: "the session ended with an error")
    }

    static let linkTokenRefused = PlaidProblem(
        type: "INVALID_INPUT",
        code: "INVALID_LINK_TOKEN",
        message: "invalid link_token provided: it is unknown, has expired, or has been used"
    )
    static let publicTokenExpired = publicToken(
        "provided public token is expired. Public tokens expire 30 minutes after creation at which point "
            + "they can no longer be exchanged"
    )
}
