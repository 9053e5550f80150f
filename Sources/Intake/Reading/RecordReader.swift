import Domain

/// Takes an input in pieces and has its records decoded, whatever the format and whoever takes them.
struct RecordReader<Source: ByteSource>: Sendable {
    let file: String
    private let columns: [InputField: String]
    /// The fields that are looked for.
    private let fields: [InputField]
    private let delimiter: UInt8
    private var source: Source
    private var buffer: [UInt8] = []
    private var decoder: (any RecordDecoder)?
    /// Whether the buffer holds bytes that the decoder has not seen.
    private var hasNews = false
    private var isAtEnd = false
    private var isFinished = false

    init(
        file: String,
        source: Source,
        columns: [InputField: String],
        fields: [InputField] = InputField.ofRows,
        delimiter: UInt8?
    ) {
        self.file = file
        self.fields = fields
        self.source = source
        self.columns = columns
        self.delimiter = delimiter ?? (file.lowercased().hasSuffix(".tsv") ? .tab : .comma)
    }

    /// Reads as far as the header, or the first byte of an input that has none.
    mutating func open(for sink: some RecordSink) async throws {
        while decoder == nil {
            if let (format, start) = try InputFormat.detect(buffer.span, isLast: isAtEnd, file: file) {
                decoder = makeDecoder(format)
                buffer.removeFirst(start)
            } else {
                try await fill()
            }
        }
        while decoder?.isOpen == false {
            let done = try decoder?.open(buffer, isLast: isAtEnd, for: sink) ?? 0
            buffer.removeFirst(done)
            if decoder?.isOpen == false { try await fill() }
        }
    }

    /// Decodes the next piece; false at the end.
    mutating func next(into sink: inout some RecordSink) async throws -> Bool {
        if isFinished { return false }
        try await open(for: sink)
        if !hasNews { try await fill() }
        hasNews = false
        let done = decoder?.decode(buffer, isLast: isAtEnd, into: &sink) ?? 0
        buffer.removeFirst(done)
        isFinished = isAtEnd
        return true
    }

    private func makeDecoder(_ format: InputFormat) -> any RecordDecoder {
        switch format {
        case .jsonLines: JSONLinesDecoder(file: file, columns: columns, fields: fields)
        case .csv: CSVDecoder(file: file, columns: columns, fields: fields, delimiter: delimiter)
        }
    }

    private mutating func fill() async throws {
        hasNews = true
        do {
            let piece = try await source.read()
            isAtEnd = piece.isEmpty
            if buffer.isEmpty { buffer = piece } else { buffer += piece }
        } catch let error as CancellationError {
            throw error
        } catch {
            throw IntakeError.unreadable(file: file, reason: String(describing: error))
        }
    }
}
