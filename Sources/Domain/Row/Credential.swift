/// What reaches a row's account at Plaid.
package enum Credential: Sendable, Hashable {
    /// An access token, which lasts.
    case accessToken(Secret)
    /// What Plaid Link gave: it is exchanged for an access token, once, within half an hour.
    case publicToken(Secret)

    package var secret: Secret {
        switch self {
        case .accessToken(let secret), .publicToken(let secret): secret
        }
    }
}
