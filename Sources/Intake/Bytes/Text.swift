/// Text out of bytes.
extension Span where Element == UInt8 {
    /// The text of `range`, or where its first wrong byte stands.
    func text(_ range: Range<Int>) throws(BadUTF8) -> String {
        do {
            return String(copying: try UTF8Span(validating: extracting(range)))
        } catch {
            throw BadUTF8(offset: range.lowerBound + error.byteOffsets.lowerBound)
        }
    }

    /// The text of `range` with its wrong bytes replaced, for messages.
    func repairedText(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// `range` without the blanks at its edges: space, tab, and the no-break space that spreadsheets leave.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while let width = blankWidth(at: start, before: end) { start += width }
        while let width = blankWidth(endingAt: end, after: start) { end -= width }
        return start..<end
    }

    /// Where the first control character of `range` stands: C0, DEL, or C1 in its UTF-8 form.
    func indexOfControl(_ range: Range<Int>) -> Int? {
        range.first { at in
            self[at] < 0x20 || self[at] == 0x7F
                || (self[at] == 0xC2 && at + 1 < range.upperBound && (0x80...0x9F).contains(self[at + 1]))
        }
    }

    /// How many bytes the blank at `start` has, where there is one.
    @inline(__always)
    func blankWidth(at start: Int, before end: Int) -> Int? {
        guard start < end else { return nil }
        switch self[start] {
        case .blank, .tab: return 1
        case 0xC2 where start + 1 < end && self[start + 1] == 0xA0: return 2
        default: return nil
        }
    }

    @inline(__always)
    private func blankWidth(endingAt end: Int, after start: Int) -> Int? {
        guard start < end else { return nil }
        switch self[end - 1] {
        case .blank, .tab: return 1
        case 0xA0 where end - 2 >= start && self[end - 2] == 0xC2: return 2
        default: return nil
        }
    }
}

/// Bytes that are no UTF-8.
struct BadUTF8: Error {
    /// Where the first wrong byte stands.
    let offset: Int
}
