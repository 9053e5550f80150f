import Domain

/// Which of the ledger's rows this run has met in its input, and where: four bytes for each row of the ledger.
struct Sightings {
    /// How many rows were met.
    private(set) var count = 0
    /// The row that was met last.
    private var last: Link.ID = 0
    /// Whether it came right after the one before it in the ledger, too.
    private var isInOrder = true
    /// The line of each row by its number; zero for one that was not met.
    ///
    /// In pieces, for a list that grows is copied.
    private var lines: [[UInt32]] = []
    /// The file of each row by its number; empty while there is one file.
    private var fileNumbers: [[UInt16]] = []
    private var files: [String] = []
    private static let piece = 1 << 16

    /// The row that comes next where the input is in the order of the ledger, and nothing where it is not.
    ///
    /// Inputs mostly come in the order of the last time.
    var expected: Link.ID? { isInOrder ? last + 1 : nil }

    /// Where the row was met first, if it was.
    func position(of link: Link.ID) -> InputPosition? {
        let (piece, place) = Self.place(of: link)
        guard contains(link) else { return nil }
        let file = fileNumbers.isEmpty ? 0 : Int(fileNumbers[piece][place])
        return InputPosition(file: files[file], line: Int(lines[piece][place]))
    }

    /// Whether the row was met.
    func contains(_ link: Link.ID) -> Bool {
        let (piece, place) = Self.place(of: link)
        return piece < lines.count && lines[piece][place] > 0
    }

    /// How many rows with these numbers were met: a batch that was rolled back leaves marks beyond the newest row.
    func count(upTo newest: Link.ID) -> Int {
        let (piece, place) = Self.place(of: newest)
        guard piece < lines.count else { return count }
        let beyond = lines[piece].dropFirst(place + 1).count { $0 > 0 }
        return count - beyond - lines.dropFirst(piece + 1).reduce(0) { $0 + $1.count { $0 > 0 } }
    }

    /// Takes note of the first meeting.
    mutating func note(_ link: Link.ID, at position: InputPosition) {
        let (piece, place) = Self.place(of: link)
        let file = number(of: position.file)
        while lines.count <= piece { lines.append(Array(repeating: 0, count: Self.piece)) }
        while !fileNumbers.isEmpty || file > 0, fileNumbers.count < lines.count {
            fileNumbers.append(Array(repeating: 0, count: Self.piece))
        }
        count += 1
        isInOrder = link == last + 1
        last = link
        lines[piece][place] = UInt32(clamping: max(1, position.line))
        if file > 0 { fileNumbers[piece][place] = file }
    }

    private static func place(of link: Link.ID) -> (piece: Int, place: Int) {
        (Int(link) / piece, Int(link) % piece)
    }

    private mutating func number(of file: String) -> UInt16 {
        // The input is read file by file, so the newest is almost always the one asked for.
        if files.last != file, let known = files.firstIndex(of: file) { return UInt16(clamping: known) }
        if files.last != file { files.append(file) }
        return UInt16(clamping: files.count - 1)
    }
}
