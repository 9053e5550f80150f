import Domain

/// Why the extent of a CSV record cannot be told.
enum CSVFault: Error {
    case textAfterQuote(at: Int)
    case openQuote(at: Int)
    /// The record is too long; `openQuote` is the quote that it is inside of, if any.
    case tooLong(openQuote: Int?)
    case surplusField(at: Int)

    /// The fault as a problem of the record that begins at `start` and should have `expectedFields`.
    func problem(recordStart start: Int, expectedFields: Int) -> RecordProblem {
        switch self {
        case .textAfterQuote(let at):
            RecordProblem(
                reason: .badQuoting,
                offset: at,
                message: "text follows the quote that closes a field: double each quote inside a quoted field"
            )
        case .openQuote(let at):
            RecordProblem(
                reason: .badQuoting,
                offset: at,
                message: "the quote that begins here is never closed: close it"
            )
        case .tooLong(let quote?):
            RecordProblem(
                reason: .recordTooLong,
                offset: quote,
                message: "the quote that begins here is not closed within 1 MiB: close it"
            )
        case .tooLong(nil):
            RecordProblem(
                reason: .recordTooLong,
                offset: start,
                message: "the line is longer than 1 MiB: check that this is the right file"
            )
        case .surplusField(let at):
            RecordProblem(
                reason: .wrongFieldCount,
                offset: at,
                message: "the record has more than the \(expectedFields) fields of the header: "
                    + "look for a quote that is not closed"
            )
        }
    }
}
