/// The columns of an answer.
final class ColumnNames {
    let names: [String]
    /// Where each name stands first.
    let places: [String: Int]

    init(_ names: [String]) {
        self.names = names
        places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
