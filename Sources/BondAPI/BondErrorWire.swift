/// Every error shape Bond is known to answer with, read as far as it can be.
struct BondErrorWire: Decodable {
    let message: String?
    /// The status repeated in the body.
    let status: Int?
    let code: String?
    let type: String?

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        func text(_ names: String...) -> String? {
            names.lazy.compactMap { try? fields.decode(MessageText.self, forKey: Key($0)).text }.first
        }
        code = text("Code", "error_code", "code")
        type = text("Type", "type")
        status = ["Status", "status"].lazy.compactMap { try? fields.decode(Int.self, forKey: Key($0)) }.first
        // A bare map of fields to complaints has none of the known keys: the whole of it is the message.
        message = text("Message", "Error", "message", "error", "details") ?? (try? MessageText(from: decoder).text)
    }
}

/// A message that is a text, a list of texts, or a map of fields to such.
///
/// What stands for a secret's field without being a sentence is no complaint but the secret itself, and is left out.
private struct MessageText: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else if let list = try? container.decode([MessageText].self) {
            text = list.map(\.text).joined(separator: " ")
        } else {
            let map = try container.decode([String: MessageText].self)
            text = map.filter { !Self.isSecret(field: $0.key, $0.value.text) }.sorted { $0.key < $1.key }
                .map { "\($0.key): \($0.value.text)" }.joined(separator: "; ")
        }
    }

    private static func isSecret(field: String, _ text: String) -> Bool {
        ["token", "number", "secret"].contains { field.lowercased().hasSuffix($0) } && !text.contains(" ")
    }
}
