/// What a run has met of some rows that follow each other in the ledger.
struct SightingsPiece {
    /// How many rows it is about.
    static let size = 1 << 16

    /// Rows that follow each other both in the ledger and in the input.
    private struct Streak {
        let first: Int
        var end: Int
        let line: UInt32
        let file: UInt16

        /// The line of the row at a place, also of the one that would come next.
        func line(at place: Int) -> UInt32 { line &+ UInt32(place - first) }
    }

    /// An input with more of them is in no order that is worth keeping.
    private static let mostStreaks = 1_024

    /// In the order of the ledger; empty where there is a line for each row.
    private var streaks: [Streak] = []
    /// The line of each row by its place, zero for one that was not met; empty as long as there are streaks.
    private var lines: [UInt32] = []
    /// The file of each row by its place; empty while there is one file.
    private var files: [UInt16] = []

    /// Where the row was met first, if it was.
    func position(of place: Int) -> (file: UInt16, line: UInt32)? {
        if !lines.isEmpty {
            return lines[place] > 0 ? (files.isEmpty ? 0 : files[place], lines[place]) : nil
        }
        guard let streak = streak(at: place) else { return nil }
        return (streak.file, streak.line(at: place))
    }

    /// How many rows were met from a place on.
    func count(from place: Int) -> Int {
        if !lines.isEmpty { return lines.dropFirst(place).count { $0 > 0 } }
        return streaks.reduce(0) { $0 + max(0, $1.end - max($1.first, place)) }
    }

    /// Takes note of the first meeting.
    mutating func note(_ place: Int, line: UInt32, file: UInt16) {
        if lines.isEmpty, continueStreak(place, line, file) { return }
        if lines.isEmpty { spread() }
        lines[place] = line
        if files.isEmpty, file > 0 { files = Array(repeating: 0, count: Self.size) }
        if !files.isEmpty { files[place] = file }
    }

    private mutating func continueStreak(_ place: Int, _ line: UInt32, _ file: UInt16) -> Bool {
        guard let last = streaks.last else {
            streaks.append(Streak(first: place, end: place + 1, line: line, file: file))
            return true
        }
        if place < last.end { return false }
        if place == last.end, line == last.line(at: place), file == last.file {
            streaks[streaks.count - 1].end += 1
            return true
        }
        guard streaks.count < Self.mostStreaks else { return false }
        streaks.append(Streak(first: place, end: place + 1, line: line, file: file))
        return true
    }

    private func streak(at place: Int) -> Streak? {
        var (low, high) = (0, streaks.count)
        while low < high {
            let middle = (low + high) / 2
            if streaks[middle].end <= place { low = middle + 1 } else { high = middle }
        }
        guard low < streaks.count, streaks[low].first <= place else { return nil }
        return streaks[low]
    }

    /// Keeps a line for each row from now on.
    private mutating func spread() {
        lines = Array(repeating: 0, count: Self.size)
        if streaks.contains(where: { $0.file > 0 }) { files = Array(repeating: 0, count: Self.size) }
        for streak in streaks {
            for place in streak.first..<streak.end {
                lines[place] = streak.line(at: place)
                if !files.isEmpty { files[place] = streak.file }
            }
        }
        streaks = []
    }
}
