/// A webhook, and how far it has got.
package struct Webhook: Sendable {
    /// Where it goes.
    package let url: String
    /// Its body, to the byte.
    package let body: String
    /// Its `Plaid-Verification` header; nil where it has none.
    package let verification: String?
    /// How often it was sent.
    package internal(set) var tries = 0
    /// The last answer's HTTP status; nil where there was none.
    package internal(set) var status: Int?

    /// Whether its receiver took it.
    package var isDelivered: Bool { status.map { (200..<300).contains($0) } ?? false }

    var adminJSON: JSON {
        [
            "url": .string(url), "body": (try? JSON(parsing: body.utf8)) ?? .null, "tries": .int(tries),
            "status": status.map { .int($0) } ?? .null,
        ]
    }
}
