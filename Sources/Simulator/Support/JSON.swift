/// A JSON value, kept apart from every Swift type so that a wrong type can be told from an absent field.
package enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    /// The members, where this is an object.
    package var members: [String: JSON]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements, where this is an array.
    package var elements: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text, where this is a string.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The texts, where this is an array of nothing else.
    var texts: [String]? {
        guard let texts = elements?.map(\.string), !texts.contains(nil) else { return nil }
        return texts.compactMap(\.self)
    }

    /// The value, where this is a whole number.
    package var int: Int? {
        if case .int(let value) = self { value } else { nil }
    }

    /// The value, where this is any number.
    package var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The member of that name, where this is an object that has it.
    package subscript(name: String) -> JSON? { members?[name] }

    static func optional(_ text: String?) -> JSON {
        text.map(JSON.string) ?? .null
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// Makes a string.
    package init(stringLiteral value: String) { self = .string(value) }

    /// Makes a whole number.
    package init(integerLiteral value: Int) { self = .int(value) }

    /// Makes a truth value.
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral {
    /// Makes an array.
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }

    /// Makes an object; of two equal names the last one counts.
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }

    /// Makes `null`.
    package init(nilLiteral: ()) { self = .null }
}
