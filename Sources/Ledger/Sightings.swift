import Domain

/// Which of the ledger's rows this run has met in its input, and where.
///
/// Where the input is in the order of the ledger, as it mostly is, that takes next to no memory; else four bytes for each
/// row of the ledger.
struct Sightings {
    /// How many rows were met.
    private(set) var count = 0
    /// The row that was met last.
    private var last: Link.ID = 0
    /// Whether it came right after the one before it in the ledger, too.
    private var isInOrder = true
    private var pieces: [SightingsPiece] = []
    private var files: [String] = []

    /// The row that comes next where the input is in the order of the ledger, and nothing where it is not.
    ///
    /// Inputs mostly come in the order of the last time.
    var expected: Link.ID? { isInOrder ? last + 1 : nil }

    /// Where the row was met first, if it was.
    func position(of link: Link.ID) -> InputPosition? {
        let (piece, place) = Self.place(of: link)
        guard piece < pieces.count, let found = pieces[piece].position(of: place) else { return nil }
        return InputPosition(file: files[Int(found.file)], line: Int(found.line))
    }

    /// Whether the row was met.
    func contains(_ link: Link.ID) -> Bool {
        let (piece, place) = Self.place(of: link)
        return piece < pieces.count && pieces[piece].position(of: place) != nil
    }

    /// How many rows with these numbers were met: a batch that was rolled back leaves marks beyond the newest row.
    func count(upTo newest: Link.ID) -> Int {
        let (piece, place) = Self.place(of: newest)
        guard piece < pieces.count else { return count }
        let beyond = pieces[piece].count(from: place + 1)
        return count - beyond - pieces.dropFirst(piece + 1).reduce(0) { $0 + $1.count(from: 0) }
    }

    /// Takes note of the first meeting.
    mutating func note(_ link: Link.ID, at position: InputPosition) {
        let (piece, place) = Self.place(of: link)
        let file = number(of: position.file)
        while pieces.count <= piece { pieces.append(SightingsPiece()) }
        pieces[piece].note(place, line: UInt32(clamping: max(1, position.line)), file: file)
        count += 1
        isInOrder = link == last + 1
        last = link
    }

    private static func place(of link: Link.ID) -> (piece: Int, place: Int) {
        (Int(link) / SightingsPiece.size, Int(link) % SightingsPiece.size)
    }

    private mutating func number(of file: String) -> UInt16 {
        // The input is read file by file, so the newest is almost always the one asked for.
        if files.last != file, let known = files.firstIndex(of: file) { return UInt16(clamping: known) }
        if files.last != file { files.append(file) }
        return UInt16(clamping: files.count - 1)
    }
}
