/// Finds lines and columns in a piece of text, once there is a problem to be told.
struct LineCounter {
    /// Whether a lone carriage return ends a line, as in CSV.
    let endsLineAtCarriageReturn: Bool

    /// How many line breaks `range` holds; a carriage return with its line feed is one.
    func breaks(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        var (count, at) = (0, range.lowerBound)
        while let next = nextLine(in: bytes, from: at, to: range.upperBound) {
            count += 1
            at = next
        }
        return count
    }

    /// Where the line after the one that holds `start` begins; nothing where no line break stands before `end`.
    func nextLine(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        let stop = bytes.index(of: .lineFeed, or: ending, or: ending, from: start, to: end)
        guard stop < end else { return nil }
        let isPair = bytes[stop] == .carriageReturn && stop + 1 < end && bytes[stop + 1] == .lineFeed
        return stop + (isPair ? 2 : 1)
    }

    /// The line of `offset`, counted from 0 at `start`, and its column in Unicode characters from 1.
    func place(of offset: Int, in bytes: Span<UInt8>, from start: Int) -> (line: Int, column: Int) {
        var (line, lineStart) = (0, start)
        while let next = nextLine(in: bytes, from: lineStart, to: offset) {
            line += 1
            lineStart = next
        }
        return (line, bytes.repairedText(lineStart..<offset).unicodeScalars.count + 1)
    }

    private var ending: UInt8 { endsLineAtCarriageReturn ? .carriageReturn : .lineFeed }
}
