import FoundationEssentials
import Synchronization

extension World {
    /// Opens Link with a link token, or takes its session that is still open, and ends it, without a page.
    ///
    /// - Throws: A description of Plaid's `INVALID_LINK_TOKEN` where the token is unknown, expired or used.
    @discardableResult
    package func finishSession(of linkToken: String, as ending: SessionEnding = .success()) throws -> LinkSession {
        let open = self.linkToken(linkToken)?.sessions.last { $0.outcome == nil }
        return try finish(open ?? openSession(of: linkToken), as: ending, linkToken)
    }

    /// Opens Link; throws a ``PlaidProblem`` where the token is unknown, expired or used.
    func openSession(of linkToken: String) throws -> LinkSession {
        let now = environment.now()
        let session = LinkSession(id: environment.makeText(), started: now)
        return try state.withLock { state in
            guard var record = state.linkTokens[linkToken], now < record.expires, !record.isUsed else {
                throw PlaidProblem.linkTokenRefused
            }
            record.sessions.append(session)
            try state.record(.linkToken(record))
            return session
        }
    }

    /// Ends a session and sends the webhook; a session that has ended stays as it is.
    func finish(_ session: LinkSession, as ending: SessionEnding, _ linkToken: String) throws -> LinkSession {
        let now = environment.now()
        let publicToken = "public-sandbox-" + environment.makeText()
        let (record, finished) = try state.withLock { state in
            guard var record = state.linkTokens[linkToken],
                let index = record.sessions.firstIndex(where: { $0.id == session.id })
            else { throw PlaidProblem.linkTokenRefused }
            guard record.sessions[index].outcome == nil else { return (record, nil as LinkSession?) }
            var session = record.sessions[index]
            session.finished = now
            session.outcome = try state.outcome(of: session, as: ending, record, publicToken, at: now)
            record.sessions[index] = session
            try state.record(.linkToken(record))
            return (record, session)
        }
        guard let finished else { return record.sessions.first { $0.id == session.id } ?? session }
        announce(finished, of: record)
        return finished
    }

    /// Changes a session that goes on.
    func change(_ session: LinkSession, of linkToken: String, _ edit: (inout LinkSession) -> Void) throws {
        try state.withLock { state in
            guard var record = state.linkTokens[linkToken],
                let index = record.sessions.firstIndex(where: { $0.id == session.id })
            else { throw PlaidProblem.linkTokenRefused }
            edit(&record.sessions[index])
            try state.record(.linkToken(record))
        }
    }
}

extension WorldState {
    /// Makes or heals the Item of a session, where it succeeds.
    fileprivate mutating func outcome(
        of session: LinkSession,
        as ending: SessionEnding,
        _ linkToken: LinkTokenRecord,
        _ publicToken: String,
        at now: Date
    ) throws -> LinkSession.Outcome {
        guard case .success(let chosen) = ending else {
            guard case .error(let code) = ending else { return .exit(errorCode: nil) }
            return .exit(errorCode: code)
        }
        var token = PublicToken(token: publicToken, made: now)
        if let origin = linkToken.origin {
            var item = item(origin)
            item.heal(at: now)
            if let chosen { item.accounts = chosen }
            try record(.item(origin: origin, state: item))
            (token.accounts, token.isForUpdate) = (item.accounts(of: origin), true)
        } else {
            token.accounts = chosen ?? linkToken.offeredAccounts(for: session)
        }
        try record(.publicToken(token))
        return .success(publicToken: publicToken, accounts: token.accounts ?? [])
    }
}
