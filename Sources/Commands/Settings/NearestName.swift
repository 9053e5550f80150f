/// Finds the name that somebody may have meant.
enum NearestName {
    /// The name with the fewest letters to change, where those are at most a third of it.
    static func of(_ slip: String, among names: some Sequence<String>) -> String? {
        let closest = names.map { (name: $0, changes: changes(from: slip, to: $0)) }
            .min { ($0.changes, $0.name) < ($1.changes, $1.name) }
        guard let closest, closest.changes <= max(2, slip.utf8.count / 3) else { return nil }
        return closest.name
    }

    /// Letters to put in, take out or change (Levenshtein's distance).
    private static func changes(from first: String, to second: String) -> Int {
        let (first, second) = (Array(first.utf8), Array(second.utf8))
        var row = Array(0...second.count)
        for (line, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in second.enumerated() {
                let substituted = diagonal + (letter == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
            }
        }
        return row[second.count]
    }
}
