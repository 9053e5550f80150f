/// Finds where the fields of one CSV record begin and end (RFC 4180, with any delimiter and any line end).
struct CSVScanner {
    let delimiter: UInt8
    /// How many fields a record should have; a record of several lines is given up when it has more.
    var expectedFields = Int.max
    /// The fields of the record, as far as it was scanned.
    private(set) var fields: [Cell] = []
    /// Whether a quoted field of the record has a line break in it.
    private(set) var isMultiLine = false

    init(delimiter: UInt8) {
        self.delimiter = delimiter
    }

    /// Where a record's bytes end and where the next record begins.
    struct Extent {
        let end: Int
        let next: Int
    }

    /// Scans the record that begins at `start`; answers nothing where the bytes end before it does.
    mutating func scan(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) throws(CSVFault) -> Extent? {
        fields.removeAll(keepingCapacity: true)
        isMultiLine = false
        let limit = min(bytes.count, start + longestRecord + 1)
        let isCut = limit > start + longestRecord
        var at = start
        while true {
            let stop = try scanField(bytes, from: at, to: limit)
            guard let stop, stop < limit else {
                if isCut { throw .tooLong(openQuote: stop == nil ? at : nil) }
                guard isLast else { return nil }
                if stop == nil { throw .openQuote(at: at) }
                return Extent(end: limit, next: limit)
            }
            if bytes[stop] != delimiter { return lineEnd(bytes, at: stop, isLast: isLast) }
            if isMultiLine, fields.count >= expectedFields { throw .surplusField(at: stop + 1) }
            at = stop + 1
        }
    }

    /// Scans a field and answers where its delimiter or line end stands: `limit` where the bytes end before, nothing
    /// where they end inside quotes.
    @inline(__always)
    private mutating func scanField(_ bytes: Span<UInt8>, from start: Int, to limit: Int) throws(CSVFault) -> Int? {
        if start < limit, bytes[start] == .quote { return try scanQuotedField(bytes, from: start, to: limit) }
        let stop = bytes.index(of: delimiter, or: .lineFeed, or: .carriageReturn, from: start, to: limit)
        fields.append(Cell(kind: .text, start: start, end: stop, origin: start))
        return stop
    }

    private mutating func scanQuotedField(
        _ bytes: Span<UInt8>,
        from start: Int,
        to limit: Int
    ) throws(CSVFault) -> Int? {
        var (at, kind) = (start + 1, Cell.Kind.text)
        while true {
            guard let quote = closingQuote(bytes, from: at, to: limit) else { return nil }
            let next = quote + 1
            guard next < limit, bytes[next] == .quote else {
                fields.append(Cell(kind: kind, start: start + 1, end: quote, origin: start))
                guard next == limit || isFieldEnd(bytes[next]) else { throw .textAfterQuote(at: next) }
                return next
            }
            kind = .decodedText
            at = next + 1
        }
    }

    private mutating func closingQuote(_ bytes: Span<UInt8>, from start: Int, to limit: Int) -> Int? {
        var at = start
        if !isMultiLine {
            at = bytes.index(of: .quote, or: .lineFeed, or: .carriageReturn, from: at, to: limit)
            isMultiLine = at < limit && bytes[at] != .quote
        }
        let quote = bytes.index(of: .quote, from: at, to: limit)
        return quote < limit ? quote : nil
    }

    @inline(__always)
    private func isFieldEnd(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == .lineFeed || byte == .carriageReturn
    }

    /// Whether `byte` is a blank that parts no fields.
    @inline(__always)
    func isBlank(_ byte: UInt8) -> Bool {
        (byte == .blank || byte == .tab) && byte != delimiter
    }

    /// Where the record that ends at `stop` ends, and where the next begins.
    ///
    /// A carriage return at the end of the bytes ends a line, but whether a line feed belongs to it is not known yet.
    @inline(__always)
    func lineEnd(_ bytes: Span<UInt8>, at stop: Int, isLast: Bool) -> Extent? {
        guard bytes[stop] == .carriageReturn else { return Extent(end: stop, next: stop + 1) }
        guard stop + 1 < bytes.count else { return isLast ? Extent(end: stop, next: stop + 1) : nil }
        return Extent(end: stop, next: bytes[stop + 1] == .lineFeed ? stop + 2 : stop + 1)
    }
}
