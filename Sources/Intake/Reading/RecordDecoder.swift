/// The syntax of an input: bytes to records.
protocol RecordDecoder: Sendable {
    /// Whether the header, where the format has one, was read.
    var isOpen: Bool { get }

    /// Reads the header, where the format has one; answers how many bytes are done with.
    mutating func open(_ bytes: Span<UInt8>, isLast: Bool, for sink: some RecordSink) throws(IntakeError) -> Int

    /// Reads as many records as there are; answers how many bytes are done with, all of them where `isLast`.
    mutating func decode(_ bytes: Span<UInt8>, isLast: Bool, into sink: inout some RecordSink) -> Int
}

extension RecordDecoder {
    mutating func open(_ buffer: [UInt8], isLast: Bool, for sink: some RecordSink) throws(IntakeError) -> Int {
        try open(buffer.span, isLast: isLast, for: sink)
    }

    mutating func decode(_ buffer: [UInt8], isLast: Bool, into sink: inout some RecordSink) -> Int {
        decode(buffer.span, isLast: isLast, into: &sink)
    }
}

/// The most bytes a record may have without its line end.
let longestRecord = 1 << 20
