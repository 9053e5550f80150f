/// The fields of one Plaid call: what must be there, what may be there, and of which type.
struct PlaidSchema: Sendable {
    enum Kind: String, Sendable {
        case string
        case object
        case array
        case boolean
        case number

        func accepts(_ value: JSON) -> Bool {
            switch (self, value) {
            case (.string, .string), (.object, .object), (.array, .array), (.boolean, .bool), (.number, .int),
                (.number, .double):
                true
            default: false
            }
        }
    }

    let required: [String: Kind]
    let optional: [String: Kind]

    init(_ required: [String: Kind], optional: [String: Kind] = [:]) {
        self.required = required
        self.optional = optional
    }

    /// Checks the members as Plaid does: absent and empty ones first, then unknown ones, then their types.
    ///
    /// - Parameters:
    ///   - members: What was sent.
    ///   - path: What stands before the names in a complaint: nothing, or the object's own name and a dot.
    /// - Throws: The first complaint.
    func check(_ members: [String: JSON], within path: String = "") throws(PlaidProblem) {
        let missing = required.keys.filter { members[$0] == nil || members[$0] == .null || members[$0] == .string("") }
        guard missing.isEmpty else {
            throw .request("MISSING_FIELDS", "the following required fields are missing: \(PlaidSchema.list(missing))")
        }
        let own: [String: Kind] = path.isEmpty ? ["client_id": .string, "secret": .string] : [:]
        let known = required.merging(optional) { first, _ in first }.merging(own) { first, _ in first }
        let unknown = members.keys.filter { known[$0] == nil }
        guard unknown.isEmpty else {
            let names = PlaidSchema.list(unknown.map { path + $0 })
            throw .request("UNKNOWN_FIELDS", "the following fields are not recognized by this endpoint: \(names)")
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let kind = known[name], !kind.accepts(value), value != .null || required[name] != nil else {
                continue
            }
            throw .request("INVALID_FIELD", "\(path + name) must be a \(kind.rawValue)")
        }
    }

    private static func list(_ names: some Collection<String>) -> String {
        names.sorted().joined(separator: ", ")
    }
}

/// The members of a call that has passed its schema.
struct PlaidRequest: Sendable {
    let members: [String: JSON]

    func text(_ name: String) -> String { members[name]?.string ?? "" }

    /// The access token, where this sandbox could have made it.
    func accessToken() throws(PlaidProblem) -> String {
        let token = text("access_token")
        let parts = token.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        let environments: Set<Substring> = ["sandbox", "development", "production"]
        guard parts.count == 3, parts[0] == "access", environments.contains(parts[1]),
            String(parts[2]).isUUID(allowingCapitals: false)
        else { throw .tokenFormat }
        guard parts[1] == "sandbox" else { throw .tokenEnvironment(parts[1]) }
        return token
    }

    func checkProcessor() throws(PlaidProblem) {
        let processor = text("processor")
        guard PlaidEndpoint.processors.contains(processor) else {
            throw .request("INVALID_FIELD", "processor must be one of the supported processors, not \"\(processor)\"")
        }
    }
}
