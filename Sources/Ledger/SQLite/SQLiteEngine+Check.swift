import GRDB

extension SQLiteEngine {
    /// A statement that fails harms no other.
    func beginPart() throws {}

    func undoPart() throws {}

    func structureFaults() throws -> [String] {
        try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }.map {
            "SQLite finds: \($0)"
        }
    }

    func referenceFaults() throws -> [String] {
        let sql = "SELECT \"table\" AS child, rowid AS id, parent FROM pragma_foreign_key_check LIMIT 20"
        return try rows(sql, []).map { row in
            let (child, parent): (String, String) = (try row.value("child"), try row.value("parent"))
            let id: Int64? = try row.value("id")
            return "row \(id.map(String.init) ?? "?") of \(child) names a row of \(parent) that is not there"
        }
    }

    func schemaNames() throws -> Set<String> {
        try String.fetchSet(database, sql: "SELECT name FROM sqlite_schema")
    }
}

extension DatabaseError: EngineError {
    var reason: String { message ?? "SQLite error \(resultCode.rawValue)" }
}
