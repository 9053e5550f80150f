/// Passes over lines that hold no record.
extension CSVDecoder {
    /// Where the line after the blank one at `start` begins; nothing where the line is not blank or not whole yet.
    @inline(__always)
    func blankLineEnd(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Int? {
        let limit = start + longestRecord + 1
        var at = start
        while at < bytes.count, at < limit, scanner.isBlank(bytes[at]) { at += 1 }
        guard at < limit else { return nil }
        guard at < bytes.count else { return isLast ? at : nil }
        guard bytes[at] == .lineFeed || bytes[at] == .carriageReturn else { return nil }
        return scanner.lineEnd(bytes, at: at, isLast: isLast)?.next
    }

    /// Gives up the record at `start` and goes on at the line after the one it starts on.
    mutating func startSkipping(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Int {
        isSkippingLine = true
        return skipLine(bytes, from: start, isLast: isLast)
    }

    /// Passes over the rest of the line; `isSkippingLine` stays true where the bytes end before it does.
    mutating func skipLine(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Int {
        let stop = bytes.index(of: .lineFeed, or: .carriageReturn, or: .carriageReturn, from: start, to: bytes.count)
        guard stop < bytes.count, let extent = scanner.lineEnd(bytes, at: stop, isLast: isLast) else { return stop }
        isSkippingLine = false
        line += 1
        return extent.next
    }
}
