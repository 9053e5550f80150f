import Domain

/// Which of the ledger's rows this run has met in its input, and where: eight bytes for each row of the ledger.
struct Sightings {
    /// How many rows were met.
    private(set) var count = 0
    private var marks: [Mark] = []
    private var files: [String] = []

    private struct Mark {
        var line: UInt32 = 0
        var file: UInt16 = 0
    }

    /// Where the row was met first, if it was.
    func position(of link: Link.ID) -> InputPosition? {
        guard Int(link) < marks.count, marks[Int(link)].line > 0 else { return nil }
        let mark = marks[Int(link)]
        return InputPosition(file: files[Int(mark.file)], line: Int(mark.line))
    }

    /// Whether the row was met.
    func contains(_ link: Link.ID) -> Bool {
        Int(link) < marks.count && marks[Int(link)].line > 0
    }

    /// How many rows with these numbers were met: a batch that was rolled back leaves marks beyond the newest row.
    func count(upTo newest: Link.ID) -> Int {
        count - marks.dropFirst(Int(newest) + 1).count { $0.line > 0 }
    }

    /// Takes note of the first meeting.
    mutating func note(_ link: Link.ID, at position: InputPosition) {
        if Int(link) >= marks.count {
            marks.append(contentsOf: repeatElement(Mark(), count: Int(link) + 1 - marks.count))
        }
        count += 1
        marks[Int(link)] = Mark(line: UInt32(clamping: max(1, position.line)), file: number(of: position.file))
    }

    private mutating func number(of file: String) -> UInt16 {
        // The input is read file by file, so the newest is almost always the one asked for.
        if files.last != file, let known = files.firstIndex(of: file) { return UInt16(clamping: known) }
        if files.last != file { files.append(file) }
        return UInt16(clamping: files.count - 1)
    }
}
