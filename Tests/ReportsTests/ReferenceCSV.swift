/// A reader of CSV by the letter of RFC 4180, with LF line ends, written apart from the writer it checks.
struct ReferenceCSV {
    /// A fault of the text.
    struct Fault: Error {
        let what: String
    }

    private var rest: Substring.UTF8View

    /// The records of a text; throws where it is not CSV.
    static func records(of text: String) throws -> [[String]] {
        var reader = ReferenceCSV(rest: text[...].utf8)
        var records: [[String]] = []
        while !reader.rest.isEmpty { records.append(try reader.record()) }
        return records
    }

    private mutating func record() throws -> [String] {
        var fields: [String] = []
        while true {
            fields.append(rest.first == UInt8(ascii: "\"") ? try quotedField() : try bareField())
            guard let separator = rest.popFirst() else { throw Fault(what: "no line break at the end") }
            switch separator {
            case UInt8(ascii: ","): continue
            case UInt8(ascii: "\n"): return fields
            default: throw Fault(what: "text after a closing quote")
            }
        }
    }

    private mutating func quotedField() throws -> String {
        var bytes: [UInt8] = []
        rest = rest.dropFirst()
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") {
                guard rest.first == byte else { return String(decoding: bytes, as: UTF8.self) }
                rest = rest.dropFirst()
            }
            bytes.append(byte)
        }
        throw Fault(what: "a quote is not closed")
    }

    private mutating func bareField() throws -> String {
        let field = rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\n") }
        guard !field.contains(UInt8(ascii: "\"")), !field.contains(UInt8(ascii: "\r")) else {
            throw Fault(what: "a quote or CR in a bare field")
        }
        rest = rest.dropFirst(field.count)
        return String(decoding: Array(field), as: UTF8.self)
    }
}
