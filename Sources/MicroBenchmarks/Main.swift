/// Times the hot pieces one by one, so that one that gets slower has a name.
///
/// Each is timed in seven turns, of which the median counts; the spread is that of the middle five.
@main
enum Main {
    static func main() async throws {
        print("piece".padded(to: 44) + "ns each".padded(to: 12, left: true) + "spread".padded(to: 10, left: true))
        try await IntakePieces.time()
        try PacingPieces.time()
        try await AnswerPieces.time()
        try await LedgerPieces.time()
    }
}
