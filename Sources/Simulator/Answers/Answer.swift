/// The API that a call or an answer belongs to.
package enum API: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case plaid
    case bond
}

/// What a call asks for, as far as rules and fault rates tell calls apart.
package enum Operation: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    /// Plaid `/processor/token/create`.
    case mint
    /// Plaid's other calls.
    case read
    /// Bond `POST /accounts/processor_tokens`.
    case link
    /// Bond's list of external accounts.
    case list
    /// Bond's three forms of DELETE.
    case remove
    /// Bond's key check.
    case check

    /// The API that has the operation.
    package var api: API {
        switch self {
        case .mint, .read: .plaid
        case .link, .list, .remove, .check: .bond
        }
    }
}

/// One way to answer a call, found by its number in an access token or by its name in a scenario or a fault rate.
package struct Answer: Sendable {
    /// How often a magic token gets the answer before it is answered normally.
    package enum Recurrence: String, Sendable {
        case always
        /// Once for each (access token, account id).
        case once
    }

    /// The number in the access token: 1001 and up for Plaid, 2001 and up for Bond.
    package let number: Int
    /// The name in scenarios and fault rates.
    package let name: String
    /// The API that gives the answer.
    package let api: API
    /// How often a magic token gets it.
    package let recurrence: Recurrence
    /// Whether the token is minted or the link made although the answer may say otherwise.
    package let hasEffect: Bool
    /// One sentence about it.
    package let meaning: String
    let shape: Shape

    /// What the answer looks like on the wire.
    enum Shape: Sendable {
        case normal
        case plaid(PlaidProblem)
        case bond(BondProblem)
        case body(Int, JSON)
        case html(Int)
        case redirect
        case tooMany(RetryAfter)
        case reset
        case hang
        case slow
        case truncated
        case altered(Alteration)
    }

    /// A success whose content is not what was promised.
    enum Alteration: Sendable {
        case empty
        case withoutIdentifier
        case otherCustomer
        case status200
        case failureInBody
        case nullStatus
        case unknownEnums
        case unlisted
        case unlistedAfter503
        case large
    }

    /// The usual answer, with nothing changed.
    package static func normal(_ api: API) -> Answer {
        Answer(
            number: 0,
            name: "normal",
            api: api,
            recurrence: .always,
            hasEffect: true,
            meaning: "The usual answer.",
            shape: .normal
        )
    }

    /// Whether a link made with this answer stays out of every list.
    var hidesLink: Bool {
        switch shape {
        case .altered(.unlisted), .altered(.unlistedAfter503): true
        default: false
        }
    }
}
