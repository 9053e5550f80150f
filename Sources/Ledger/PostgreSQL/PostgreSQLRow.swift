/// One row of an answer.
final class PostgreSQLRow: LiveRow {
    private let answer: PostgreSQLAnswer
    private let row: Int

    init(_ answer: PostgreSQLAnswer, _ row: Int) {
        (self.answer, self.row) = (answer, row)
    }

    func value(at place: Int) -> LedgerValue {
        answer.value(row, place)
    }
}
