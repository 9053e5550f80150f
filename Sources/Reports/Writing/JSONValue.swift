import Domain

/// A JSON value whose objects keep the order of their keys.
enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(Int)
    /// Written with one decimal.
    case decimal(Double)
    case string(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    /// The value on one line, without a line break at its end.
    var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes the value.
    func append(to buffer: inout [UInt8]) {
        switch self {
        case .null: buffer.append(contentsOf: "null".utf8)
        case .bool(let value): buffer.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let value): buffer.append(contentsOf: String(value).utf8)
        case .decimal(let value): buffer.append(contentsOf: value.oneDecimal.utf8)
        case .string(let text): JSONString.append(text, to: &buffer)
        case .array(let values): Self.append(values, to: &buffer)
        case .object(let members): Self.append(members, to: &buffer)
        }
    }

    private static func append(_ values: [JSONValue], to buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            value.append(to: &buffer)
        }
        buffer.append(UInt8(ascii: "]"))
    }

    private static func append(_ members: [(String, JSONValue)], to buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "{"))
        for (index, (key, value)) in members.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            JSONString.append(key, to: &buffer)
            buffer.append(UInt8(ascii: ":"))
            value.append(to: &buffer)
        }
        buffer.append(UInt8(ascii: "}"))
    }
}

extension JSONValue {
    init(_ text: String?) {
        self = text.map { .string($0) } ?? .null
    }

    init(_ number: Int?) {
        self = number.map { .number($0) } ?? .null
    }

    init(_ time: Timestamp?) {
        self.init(time?.description)
    }

    init(_ cell: Cell) {
        switch cell {
        case .text(let text): self.init(text)
        case .number(let number): self.init(number)
        }
    }

    /// Every key of `keys` with its count, zeros included, in the order of their declaration.
    static func counts<Key: CaseIterable & RawRepresentable<String> & Hashable>(_ counts: [Key: Int]) -> JSONValue {
        .object(Key.allCases.map { ($0.rawValue, .number(counts[$0, default: 0])) })
    }
}
