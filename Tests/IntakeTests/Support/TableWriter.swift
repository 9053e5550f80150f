import TestSupport

/// Writes tables as CSV in one of the many legal ways.
struct TableWriter {
    var random: SeededGenerator
    let delimiter: String
    let lineEnd: String

    init(random: SeededGenerator) {
        self.random = random
        delimiter = self.random.pick([",", ";", "\t", "|"])
        lineEnd = self.random.pick(["\n", "\r\n", "\r"])
    }

    mutating func write(_ rows: [[String]]) -> String {
        var text = random.chance(oneIn: 3) ? "\u{FEFF}" : ""
        for (index, row) in rows.enumerated() {
            if index > 0 || random.chance(oneIn: 5) {
                text += String(repeating: lineEnd, count: random.pick([0, 0, 0, 1, 2]))
            }
            text += row.map { cell($0) }.joined(separator: delimiter)
            if index < rows.count - 1 || random.chance(oneIn: 2) { text += lineEnd }
        }
        return text
    }

    private mutating func cell(_ value: String) -> String {
        let needsQuotes =
            value.hasPrefix("\"")
            || value.unicodeScalars.contains { scalar in
                String(scalar) == delimiter || scalar == "\n" || scalar == "\r"
            }
        guard needsQuotes || random.chance(oneIn: 3) else { return value }
        return "\"" + value.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}
