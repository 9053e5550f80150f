/// Which pair of servers a run talks to.
///
/// A ledger belongs to one of them for life.
package enum DeploymentEnvironment: String, Sendable, Hashable, CaseIterable {
    case sandbox
    case production
    case simulator

    /// What a Plaid token of this environment begins with after its type, as in `access-sandbox-…`.
    package var tokenInfix: String {
        switch self {
        case .sandbox, .simulator: "sandbox"
        case .production: "production"
        }
    }

    /// How long Bond is given to show a new link in its list.
    package var defaultSettle: Duration {
        switch self {
        case .production: .seconds(60)
        case .sandbox: .seconds(10)
        case .simulator: .seconds(1)
        }
    }
}
