import Domain

/// Reads JSONL: an object per line.
struct JSONLinesDecoder: RecordDecoder {
    private let file: String
    private var scanner: JSONLineScanner
    /// The number of the next line.
    private var line = 1
    /// Whether the rest of a line, which was refused already, is to be passed over.
    private var isSkippingLine = false

    init(file: String, columns: [InputField: String], fields: [InputField]) {
        self.file = file
        scanner = JSONLineScanner(names: FieldNames(columns: columns, fields: fields))
    }

    var isOpen: Bool { true }

    mutating func open(_ bytes: Span<UInt8>, isLast: Bool, for sink: some RecordSink) throws(IntakeError) -> Int { 0 }

    mutating func decode(_ bytes: Span<UInt8>, isLast: Bool, into sink: inout some RecordSink) -> Int {
        var at = 0
        while at < bytes.count {
            let end = bytes.index(of: .lineFeed, from: at, to: bytes.count)
            let isWhole = end < bytes.count || isLast
            if !isSkippingLine {
                guard isWhole || end - at > longestRecord else { return at }
                decodeLine(bytes, at..<end, into: &sink)
            }
            isSkippingLine = !isWhole
            if isSkippingLine { return bytes.count }
            at = min(end + 1, bytes.count)
            line += 1
        }
        return at
    }

    private mutating func decodeLine(_ bytes: Span<UInt8>, _ range: Range<Int>, into sink: inout some RecordSink) {
        let position = InputPosition(file: file, line: line)
        do throws(RecordProblem) {
            if range.count > longestRecord { throw Self.tooLong(at: range.lowerBound) }
            guard let cells = try scanner.scan(bytes, range) else { return }
            try sink.take(cells, raw: bytes, decoded: scanner.decoded.span, at: position)
        } catch {
            let place = LineCounter(endsLineAtCarriageReturn: false)
                .place(of: error.offset, in: bytes, from: range.lowerBound)
            sink.refuse(error.invalidRow(at: position, line: line, column: place.column))
        }
    }

    private static func tooLong(at offset: Int) -> RecordProblem {
        RecordProblem(
            reason: .recordTooLong,
            offset: offset,
            message: "the line is longer than 1 MiB: write one object per line"
        )
    }
}
