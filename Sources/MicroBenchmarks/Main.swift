/// Times the hot pieces one by one, so that one that gets slower has a name.
///
/// Each is timed in seven turns, of which the median counts; the spread is that of the middle five. With `calls URL
/// ROWS` or `ledger FILE ROWS` it does that part of the work of so many rows instead, for its processor time to be seen.
@main
enum Main {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst()
        if words.count == 3, let part = words.first, let rows = words.last.flatMap({ Int($0) }) {
            return try await perform(part, words[2], rows: rows)
        }
        print("piece".padded(to: 44) + "ns each".padded(to: 12, left: true) + "spread".padded(to: 10, left: true))
        try await IntakePieces.time()
        try PacingPieces.time()
        try await AnswerPieces.time()
        try await LedgerPieces.time()
    }

    private static func perform(_ part: String, _ place: String, rows: Int) async throws {
        switch part {
        case "calls": try await CallPieces.make(place, rows: rows)
        case "ledger": try await LedgerPieces.take(place, rows: rows)
        default: preconditionFailure("calls and ledger are the parts, not \(part)")
        }
    }
}
