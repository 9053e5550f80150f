extension Cell {
    /// The cell with its doubled quotes made single; its text then stands at the end of `decoded`.
    @inline(__always)
    func withoutDoubledQuotes(_ bytes: Span<UInt8>, into decoded: inout [UInt8]) -> Cell {
        kind == .decodedText ? copied(bytes, into: &decoded) : self
    }

    private func copied(_ bytes: Span<UInt8>, into decoded: inout [UInt8]) -> Cell {
        let copyStart = decoded.count
        var at = start
        while at < end {
            decoded.append(bytes[at])
            at += bytes[at] == .quote ? 2 : 1
        }
        return Cell(kind: .decodedText, start: copyStart, end: decoded.count, origin: origin)
    }
}
