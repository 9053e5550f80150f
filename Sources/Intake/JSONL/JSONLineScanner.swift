import Domain

/// Reads one object of JSON (RFC 8259) and finds the wanted fields in it.
struct JSONLineScanner {
    let names: FieldNames
    /// Where texts that had escapes in them stand without these.
    private(set) var decoded: [UInt8] = []
    private var cursor = JSONCursor()
    private var cells = Cells(recordStart: 0)
    private var seen: FieldSet = []
    /// The keys from the line's object down to the current one, joined by dots.
    private var path: [UInt8] = []

    init(names: FieldNames) {
        self.names = names
    }

    /// The cells of the line in `range`; nothing for a blank line.
    mutating func scan(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(RecordProblem) -> Cells? {
        cursor.at = range.lowerBound
        cursor.end = range.upperBound
        cursor.skipBlanks(bytes)
        if cursor.isAtEnd { return nil }
        guard bytes[cursor.at] == .openBrace else { throw cursor.notAnObject(bytes) }
        cells = Cells(recordStart: cursor.at)
        seen = []
        path.removeAll(keepingCapacity: true)
        decoded.removeAll(keepingCapacity: true)
        try object(bytes, depth: 1)
        cursor.skipBlanks(bytes)
        if !cursor.isAtEnd { throw cursor.fault("something follows the object: write one object per line") }
        return cells
    }

    /// Reads an object whose keys may be wanted.
    private mutating func object(_ bytes: Span<UInt8>, depth: Int) throws(RecordProblem) {
        guard try cursor.enters(.closeBrace, bytes, depth: depth) else { return }
        let parent = path.count
        repeat {
            let key = try cursor.key(bytes)
            let fields = try fields(of: key, bytes, depth: depth)
            try value(of: fields, bytes, depth: depth)
            path.removeLast(path.count - parent)
        } while try cursor.hasMore(before: .closeBrace, bytes)
    }

    /// The fields that `key` stands for; leaves the key's path in `path` where the user named paths.
    private mutating func fields(
        of key: JSONString,
        _ bytes: Span<UInt8>,
        depth: Int
    ) throws(RecordProblem) -> FieldSet {
        guard key.hasEscapes else { return names.fields(keyed: bytes, key.range, depth: depth, path: &path) }
        var name: [UInt8] = []
        _ = try key.cell(bytes, into: &name)
        return names.fields(keyed: name.span, 0..<name.count, depth: depth, path: &path)
    }

    private mutating func value(
        of fields: FieldSet,
        _ bytes: Span<UInt8>,
        depth: Int
    ) throws(RecordProblem) {
        if !fields.isEmpty {
            cells.put(try wantedCell(bytes, depth: depth), for: fields, seen: &seen)
        } else if cursor.isAt(.openBrace, bytes), !names.mapped.isEmpty, names.hasMapped(below: path.span) {
            try object(bytes, depth: depth + 1)
        } else {
            try cursor.skipValue(bytes, depth: depth)
        }
    }

    /// The cell of a wanted value: text, nothing for `null`, or a wrong type.
    private mutating func wantedCell(_ bytes: Span<UInt8>, depth: Int) throws(RecordProblem) -> Cell {
        let start = cursor.at
        if cursor.isAt(.quote, bytes) {
            return try cursor.string(bytes).cell(bytes, into: &decoded)
        }
        let isNull = cursor.isAt(UInt8(ascii: "n"), bytes)
        try cursor.skipValue(bytes, depth: depth)
        return isNull ? .missing(at: start) : Cell(kind: .wrongType, start: start, end: start, origin: start)
    }
}
