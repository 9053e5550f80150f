import FoundationEssentials
import Synchronization

extension World {
    /// Every link token ever made, the oldest first.
    package var linkTokens: [LinkTokenRecord] {
        state.withLock { state in
            state.linkTokens.values.sorted { ($0.created, $0.token) < ($1.created, $1.token) }
        }
    }

    func keep(_ linkToken: LinkTokenRecord) throws {
        try state.withLock { try $0.record(.linkToken(linkToken)) }
    }

    func linkToken(_ token: String) -> LinkTokenRecord? {
        state.withLock { $0.linkTokens[token] }
    }

    func linkToken(hostedID: String) -> LinkTokenRecord? {
        state.withLock { state in state.linkTokens.values.first { $0.hostedID == hostedID } }
    }

    /// Makes a public token, as a new connection's page gets it.
    package func makePublicToken() throws -> String {
        let token = PublicToken(token: "public-sandbox-" + environment.makeText(), made: environment.now())
        try state.withLock { try $0.record(.publicToken(token)) }
        return token.token
    }

    /// Uses a public token up and gives its Item's access token; throws a ``PlaidProblem`` where there is none.
    func exchange(publicToken: String) throws -> String {
        let now = environment.now()
        let accessToken = "access-sandbox-" + environment.makeText()
        return try state.withLock { state in
            guard var token = state.publicTokens[publicToken], !token.isSpent, !token.isForUpdate else {
                throw PlaidProblem.publicTokenNotFound
            }
            guard now.timeIntervalSince(token.made) < PublicToken.lifetime else {
                throw PlaidProblem.publicTokenExpired
            }
            token.isSpent = true
            try state.record(.publicToken(token))
            if let accounts = token.accounts {
                try state.record(.item(origin: Fingerprint(accessToken), state: ItemState(accounts: accounts)))
            }
            return accessToken
        }
    }
}
