/// Lines of cells with their columns aligned by characters, two blanks apart, no blanks at a line's end.
struct TextTable: Sendable {
    /// To which side a column's cells are moved.
    enum Alignment: Sendable {
        case left
        case right
    }

    private let alignments: [Alignment]
    private var rows: [[String]] = []

    init(_ alignments: Alignment...) {
        self.alignments = alignments
    }

    /// Adds a line; what a terminal would obey is made harmless.
    mutating func add(_ cells: [String]) {
        rows.append(cells.map(\.printable))
    }

    /// The lines.
    var lines: [String] {
        let widths = alignments.indices.map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { line($0, widths: widths) }
    }

    private func line(_ cells: [String], widths: [Int]) -> String {
        let padded = zip(cells, zip(alignments, widths)).map { cell, column in
            let (alignment, width) = column
            let blanks = String(repeating: " ", count: width - cell.count)
            return alignment == .left ? cell + blanks : blanks + cell
        }
        let line = padded.joined(separator: "  ")
        return String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
    }
}
