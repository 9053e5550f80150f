import Domain

/// What a step does to its row: an UPDATE whose text is made once.
///
/// Its values have names in the text. `:id`, `:at` and `:run` are those of every step; a step gives its own in the
/// order in which they first appear, for that is how SQLite numbers them.
struct LinkUpdate: Sendable {
    private enum Place {
        case row
        case time
        case run
        case own
    }

    let sql: String
    private let places: [Place]

    /// Makes the update of a row where `condition` holds.
    init(_ assignments: String, where condition: String) {
        // What a row's state says was last said by the run and at the time of its newest change.
        let changesState = assignments.contains("state =")
        let text = assignments + (changesState ? ", updated_at = :at, run = :run" : "")
        sql = "UPDATE links SET \(text) WHERE id = :id AND \(condition)"
        places = Self.names(in: sql).map { name in
            switch name {
            case "id": .row
            case "at": .time
            case "run": .run
            default: .own
            }
        }
    }

    /// All values in SQLite's order; `own` are those that only this step has.
    func values(of change: LinkChange, run: Int64, _ own: [any LedgerValueConvertible]) -> [any LedgerValueConvertible]
    {
        var rest = own.makeIterator()
        return places.map { place in
            switch place {
            case .row: change.link
            case .time: change.at.milliseconds
            case .run: run
            case .own: rest.next() ?? Int64?.none
            }
        }
    }

    private static func names(in sql: String) -> [String] {
        var names: [String] = []
        for part in sql.split(separator: ":").dropFirst() {
            let name = String(part.prefix { $0.isLetter || $0 == "_" })
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}
