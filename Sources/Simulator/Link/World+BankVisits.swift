import FoundationEssentials
import Synchronization

extension World {
    /// The session whose customer is at the bank under that state, and its link token.
    func visit(_ oauthState: String) -> (linkToken: String, session: LinkSession)? {
        state.withLock { state in
            for record in state.linkTokens.values {
                guard let session = record.sessions.first(where: { $0.visit?.state == oauthState }) else { continue }
                return (record.token, session)
            }
            return nil
        }
    }

    /// Takes a session up again that went to the bank; each visit counts once.
    func comeBack(to linkToken: String, _ address: String) throws -> LinkSession {
        let items = URLComponents(string: address)?.queryItems
        guard let oauthState = items?.first(where: { $0.name == "oauth_state_id" })?.value,
            let visit = visit(oauthState)
        else { throw PlaidProblem.oauth("OAUTH_STATE_ID_NOT_FOUND", "the OAuth state id could not be found") }
        guard visit.linkToken == linkToken else {
            throw PlaidProblem.oauth(
                "INCORRECT_LINK_TOKEN",
                "the link token is not the one that the session began with"
            )
        }
        guard visit.session.outcome == nil, visit.session.visit?.isOver == false else {
            throw PlaidProblem.oauth("OAUTH_STATE_ID_ALREADY_PROCESSED", "the OAuth state id has been used")
        }
        try change(visit.session, of: linkToken) { $0.visit?.isOver = true }
        return visit.session
    }
}

extension PlaidProblem {
    fileprivate static func oauth(_ code: String, _ message: String) -> PlaidProblem {
        PlaidProblem(type: "OAUTH_ERROR", code: code, message: message)
    }
}
