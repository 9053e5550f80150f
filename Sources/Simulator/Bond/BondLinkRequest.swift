/// The body of `POST /accounts/processor_tokens`: a processor token and exactly one owner, nothing else.
struct BondLinkRequest: Sendable {
    let processorToken: String
    let owner: World.Owner

    init(_ call: Call) throws(BondProblem) {
        guard call.isJSON else { throw BondProblem(400, "invalid_request", "Content-Type must be application/json.") }
        guard let members = call.members else {
            throw BondProblem(400, "input_error", "The body must be a JSON object.")
        }
        let known: Set<String> = ["processor_token", "customer_id", "business_id"]
        if let name = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw .schema(name, "Unknown field.")
        }
        processorToken = try BondLinkRequest.text("processor_token", in: members)
        let isBusiness = members["business_id"] != nil
        let name = isBusiness ? "business_id" : "customer_id"
        guard !isBusiness || members["customer_id"] == nil else {
            throw .schema("business_id", "Give customer_id or business_id, not both.")
        }
        let id = try BondLinkRequest.text(name, in: members)
        guard id.isUUID(allowingCapitals: true) else { throw .ownerNotUUID(name) }
        owner = World.Owner(id: id.lowercased(), isBusiness: isBusiness)
    }

    private static func text(_ name: String, in members: [String: JSON]) throws(BondProblem) -> String {
        guard let value = members[name] else { throw .schema(name, "Missing data for required field.") }
        guard let text = value.string, !text.isEmpty else { throw .schema(name, "Not a valid string.") }
        return text
    }
}
