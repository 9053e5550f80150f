/// Where one field of a record stands in the bytes.
struct Cell {
    /// What a cell is, as far as the syntax tells.
    enum Kind: UInt8 {
        case missing
        case text
        /// Text that had escapes or doubled quotes in it; it stands among the decoded bytes.
        case decodedText
        case wrongType
        case repeated
    }

    var kind: Kind
    /// The bounds of the text, in the raw or the decoded bytes.
    var start: Int
    var end: Int
    /// Where the field begins in the raw bytes; the record's start for a field that is missing.
    var origin: Int

    static func missing(at origin: Int) -> Cell {
        Cell(kind: .missing, start: origin, end: origin, origin: origin)
    }
}
