/// Whom an external account belongs to at Bond: a customer or a business.
package struct Owner: Sendable, Hashable {
    /// Bond's two kinds of owners.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case customer
        case business
    }

    /// The kind of owner `id` names.
    package let kind: Kind
    /// The id as it came in, without edge blanks; this is what Bond and the reports are given.
    package let id: String
    /// The id as owners are compared: UUIDs in lower case, anything else as it is.
    package let key: String

    package init(kind: Kind, id: String) {
        self.kind = kind
        self.id = id
        let hasCapitals = id.utf8.contains { (0x41...0x5A).contains($0) }
        self.key = hasCapitals && UUIDShape.matches(id) ? id.lowercased() : id
    }

    package static func == (left: Owner, right: Owner) -> Bool {
        left.kind == right.kind && left.key == right.key
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(key)
    }
}
