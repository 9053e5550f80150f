import Domain

/// What tells rows that were linked by earlier work from those that this one has linked.
enum EarlierWork {
    /// All that another run than this has linked.
    case otherThan(Int64)
    /// All that was linked before a moment.
    case before(Timestamp)

    /// What holds of such a row, with the `limit` as `:earlier`.
    var condition: String {
        switch self {
        case .otherThan: "run <> :earlier"
        case .before: "linked_at < :earlier"
        }
    }

    var limit: Int64 {
        switch self {
        case .otherThan(let run): run
        case .before(let moment): moment.milliseconds
        }
    }
}
