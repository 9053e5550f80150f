/// The status that an answer's body tells besides the one in its head.
struct ToldStatusWire: Decodable {
    /// The status, where it is that of a refusal.
    let refusal: Int?

    private enum CodingKeys: String, CodingKey {
        case upper = "Status"
        case lower = "status"
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let told = [CodingKeys.upper, .lower].lazy.compactMap { key in
            try? fields.decodeIfPresent(Value.self, forKey: key)?.number
        }
        refusal = told.first.flatMap { (400..<600).contains($0) ? $0 : nil }
    }

    /// A number; an account's status is a text, and none.
    private struct Value: Decodable {
        let number: Int?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if (try? container.decode(String.self)) != nil {
                number = nil
            } else {
                number = try container.decode(Int.self)
            }
        }
    }
}
