import Domain

/// Reads CSV: a header, then a record per line, or per several lines where quotes say so.
struct CSVDecoder: RecordDecoder {
    private let file: String
    private let header: CSVHeader
    private let lines = LineCounter(endsLineAtCarriageReturn: true)
    private(set) var scanner: CSVScanner
    private var columns: FieldColumns?
    /// The line on which the next record starts.
    var line = 1
    /// Whether the rest of a line, whose record was refused already, is to be passed over.
    var isSkippingLine = false
    private var decoded: [UInt8] = []

    init(file: String, columns: [InputField: String], fields: [InputField], delimiter: UInt8) {
        self.file = file
        header = CSVHeader(file: file, columns: columns, fields: fields)
        scanner = CSVScanner(delimiter: delimiter)
    }

    var isOpen: Bool { columns != nil }

    mutating func open(_ bytes: Span<UInt8>, isLast: Bool, for sink: some RecordSink) throws(IntakeError) -> Int {
        var at = 0
        while at < bytes.count, let next = blankLineEnd(bytes, from: at, isLast: isLast) {
            at = next
            line += 1
        }
        if at == bytes.count {
            if isLast { throw .noHeader(file: file, line: 1, fault: .empty) }
            return at
        }
        guard let extent = try header.scan(bytes, from: at, isLast: isLast, line: line, with: &scanner) else {
            return at
        }
        let columns = try header.columns(bytes, scanner.fields, line: line)
        try sink.check(columns, file: file)
        self.columns = columns
        scanner.expectedFields = scanner.fields.count
        line += 1 + lines.breaks(in: bytes, at..<extent.end)
        return extent.next
    }

    mutating func decode(_ bytes: Span<UInt8>, isLast: Bool, into sink: inout some RecordSink) -> Int {
        var at = 0
        while at < bytes.count {
            if isSkippingLine {
                at = skipLine(bytes, from: at, isLast: isLast)
                if isSkippingLine { return at }
            } else if let next = blankLineEnd(bytes, from: at, isLast: isLast) {
                at = next
                line += 1
            } else if let next = decodeRecord(bytes, from: at, isLast: isLast, into: &sink) {
                at = next
            } else {
                return at
            }
        }
        return at
    }

    /// Decodes the record at `start`; answers where the next begins, or nothing where the bytes end before it does.
    private mutating func decodeRecord(
        _ bytes: Span<UInt8>,
        from start: Int,
        isLast: Bool,
        into sink: inout some RecordSink
    ) -> Int? {
        let extent: CSVScanner.Extent
        do throws(CSVFault) {
            guard let found = try scanner.scan(bytes, from: start, isLast: isLast) else { return nil }
            extent = found
        } catch {
            let problem = error.problem(recordStart: start, expectedFields: scanner.expectedFields)
            refuse(problem, bytes, recordStart: start, into: &sink)
            return startSkipping(bytes, from: start, isLast: isLast)
        }
        do throws(RecordProblem) {
            try take(bytes, start..<extent.end, into: &sink)
        } catch {
            refuse(error, bytes, recordStart: start, into: &sink)
            if scanner.isMultiLine, error.mayComeOfStrayQuote {
                return startSkipping(bytes, from: start, isLast: isLast)
            }
        }
        line += 1 + (scanner.isMultiLine ? lines.breaks(in: bytes, start..<extent.end) : 0)
        return extent.next
    }

    private mutating func take(
        _ bytes: Span<UInt8>,
        _ record: Range<Int>,
        into sink: inout some RecordSink
    ) throws(RecordProblem) {
        try checkFieldCount(recordEnd: record.upperBound)
        decoded.removeAll(keepingCapacity: true)
        var cells = Cells(recordStart: record.lowerBound)
        for (field, column) in columns?.wanted ?? [] {
            cells[field] = scanner.fields[column].withoutDoubledQuotes(bytes, into: &decoded)
        }
        try sink.take(cells, raw: bytes, decoded: decoded.span, at: InputPosition(file: file, line: line))
    }

    private func checkFieldCount(recordEnd: Int) throws(RecordProblem) {
        let (found, expected) = (scanner.fields.count, scanner.expectedFields)
        if found == expected { return }
        let message =
            "the record has \(found) fields and the header has \(expected): "
            + "look for a missing or surplus delimiter, or a value that needs quotes"
        let offset = found > expected ? scanner.fields[expected].origin : recordEnd
        throw RecordProblem(reason: .wrongFieldCount, offset: offset, message: message)
    }

    private func refuse(
        _ problem: RecordProblem,
        _ bytes: Span<UInt8>,
        recordStart: Int,
        into sink: inout some RecordSink
    ) {
        let place = lines.place(of: problem.offset, in: bytes, from: recordStart)
        let position = InputPosition(file: file, line: line)
        sink.refuse(problem.invalidRow(at: position, line: line + place.line, column: place.column))
    }
}
