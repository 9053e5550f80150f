package import FoundationEssentials

/// A processor token that Plaid's side has made.
struct MintedToken: Sendable, Codable {
    let token: String
    let accountID: String
    let processor: String
    /// Stands for the access token, which is kept nowhere.
    let origin: Fingerprint
    /// What the access token's digits ask of Bond.
    let bondAnswer: Int
}

/// A link between an owner and an external account on Bond's side.
package struct Link: Sendable, Codable {
    /// Its `linked_account_id`.
    package let id: String
    /// The customer's or business's id, in lower case.
    package let owner: String
    /// Whether the owner is a business.
    package let isBusiness: Bool
    /// The Plaid account.
    package let accountID: String
    /// The token it was made from; none for a planted link.
    package let processorToken: String?
    /// By Bond's clock.
    package let created: Date
    /// What it says of the account's verification.
    package let verificationStatus: String?
    /// `removed` once it is deleted.
    package internal(set) var status: String?
    let isListed: Bool
    /// When it was deleted, by Bond's clock.
    package internal(set) var removed: Date?

    /// Whether it still stands.
    package var isActive: Bool { removed == nil }
}

/// Something that happened to the world for good: what a journal keeps.
enum Effect: Sendable, Codable {
    case minted(token: MintedToken)
    case linked(link: Link)
    case removed(id: String, at: Date)
    case linkToken(LinkTokenRecord)
    case publicToken(PublicToken)
    case item(origin: Fingerprint, state: ItemState)
}
