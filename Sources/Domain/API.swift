/// The two services a row passes through.
package enum API: String, Sendable, Hashable, CaseIterable {
    case plaid
    case bond

    /// The service's name in a sentence.
    package var name: String {
        switch self {
        case .plaid: "Plaid"
        case .bond: "Bond"
        }
    }
}
