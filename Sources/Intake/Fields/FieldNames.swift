/// Which field a column or a JSON key stands for.
struct FieldNames: Sendable {
    /// The fields that the user named a column for, with the bytes of that name.
    let mapped: [(field: InputField, name: [UInt8])]
    /// The fields that go by their usual names, with each of these.
    private let usual: [(field: InputField, alias: StaticString)]

    init(columns: [InputField: String], fields: [InputField] = InputField.ofRows) {
        mapped = fields.compactMap { field in columns[field].map { (field, Array($0.utf8)) } }
        usual = fields.filter { columns[$0] == nil }
            .flatMap { field in field.aliases.map { (field, $0) } }
    }

    /// The field whose usual name stands in `range`, without regard to case, blanks, `_` and `-`.
    func usualField(in bytes: Span<UInt8>, _ range: Range<Int>) -> FieldSet {
        for (field, alias) in usual where Self.matches(bytes, range, alias) { return FieldSet(field) }
        return []
    }

    /// The fields for which the user gave exactly the name in `range`.
    func mappedFields(in bytes: Span<UInt8>, _ range: Range<Int>) -> FieldSet {
        mapped.reduce(into: []) { fields, entry in
            if entry.name.span.count == range.count, bytes.starts(range, with: entry.name) {
                fields.insert(FieldSet(entry.field))
            }
        }
    }

    /// The fields for a JSON key that stands `depth` objects deep; adds the key to `path` where that matters.
    func fields(keyed key: Span<UInt8>, _ range: Range<Int>, depth: Int, path: inout [UInt8]) -> FieldSet {
        let fields = depth == 1 ? usualField(in: key, range) : []
        if mapped.isEmpty { return fields }
        if depth > 1 { path.append(UInt8(ascii: ".")) }
        for at in range { path.append(key[at]) }
        return fields.union(mappedFields(in: path.span, 0..<path.count))
    }

    /// Whether a name that the user gave goes on after the path in `range`.
    func hasMapped(below path: Span<UInt8>) -> Bool {
        mapped.contains { entry in
            entry.name.count > path.count && entry.name[path.count] == UInt8(ascii: ".")
                && path.starts(0..<path.count, with: entry.name)
        }
    }

    private static func matches(_ bytes: Span<UInt8>, _ range: Range<Int>, _ alias: StaticString) -> Bool {
        alias.withUTF8Buffer { alias in
            var (at, matched) = (range.lowerBound, 0)
            while at < range.upperBound {
                if let width = separatorWidth(bytes, at, before: range.upperBound) {
                    at += width
                } else if matched < alias.count, bytes[at].lowercased == alias[matched] {
                    at += 1
                    matched += 1
                } else {
                    return false
                }
            }
            return matched == alias.count
        }
    }

    private static func separatorWidth(_ bytes: Span<UInt8>, _ at: Int, before end: Int) -> Int? {
        if bytes[at] == UInt8(ascii: "_") || bytes[at] == UInt8(ascii: "-") { return 1 }
        return bytes.blankWidth(at: at, before: end)
    }
}

extension Span where Element == UInt8 {
    /// Whether the bytes of `range` are the first ones of `name`.
    fileprivate func starts(_ range: Range<Int>, with name: [UInt8]) -> Bool {
        guard name.count >= range.count else { return false }
        for offset in 0..<range.count where self[range.lowerBound + offset] != name[offset] { return false }
        return true
    }
}
