/// What relink takes from a line of input; the raw value is the field's own name.
package enum InputField: String, Sendable, Hashable, CaseIterable {
    case customerID = "customer_id"
    case businessID = "business_id"
    case accountID = "account_id"
    case accessToken = "access_token"
    case reference
    case linkedAccountID = "linked_account_id"
    case publicToken = "public_token"
    case mask
    case oldLinkedAccountID = "old_linked_account_id"
    case newLinkedAccountID = "new_linked_account_id"
    case approve

    /// What a row to link is made of.
    package static let ofRows: [InputField] = [
        .customerID, .businessID, .accountID, .accessToken, .publicToken, .reference,
    ]
    /// What a link to remove is made of.
    static let ofRemovals: [InputField] = [.customerID, .businessID, .linkedAccountID, .reference]
    /// What a link to adopt is made of.
    package static let ofAdoptions: [InputField] = [
        .customerID, .businessID, .accountID, .linkedAccountID, .mask, .reference,
    ]
    /// What a line of a cut-over's plan is made of.
    static let ofCutovers: [InputField] = [
        .customerID, .businessID, .oldLinkedAccountID, .newLinkedAccountID, .approve,
    ]

    /// The names a column or key may go by, without blanks, `_` and `-`, in lower case.
    var aliases: [StaticString] {
        switch self {
        case .customerID: ["customerid", "bondcustomerid"]
        case .businessID: ["businessid", "bondbusinessid"]
        case .accountID: ["accountid", "plaidaccountid"]
        case .accessToken: ["accesstoken", "plaidaccesstoken"]
        case .reference: ["reference"]
        case .linkedAccountID: ["linkedaccountid", "bondlinkedaccountid"]
        case .publicToken: ["publictoken", "plaidpublictoken"]
        case .mask: ["mask"]
        case .oldLinkedAccountID: ["oldlinkedaccountid"]
        case .newLinkedAccountID: ["newlinkedaccountid"]
        case .approve: ["approve"]
        }
    }

    /// Whether it holds one of Plaid's tokens.
    var isToken: Bool { self == .accessToken || self == .publicToken }

    /// The field's place in the order of cases.
    var index: Int {
        switch self {
        case .customerID: 0
        case .businessID: 1
        case .accountID: 2
        case .accessToken: 3
        case .reference: 4
        case .linkedAccountID: 5
        case .publicToken: 6
        case .mask: 7
        case .oldLinkedAccountID: 8
        case .newLinkedAccountID: 9
        case .approve: 10
        }
    }
}
