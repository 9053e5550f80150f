/// The statements that a server has prepared for a connection, by their text.
struct PreparedStatements {
    private var known: [String: PreparedStatement] = [:]
    private var count = 0

    /// The statement, where it is prepared.
    subscript(sql: String) -> PreparedStatement? {
        get { known[sql] }
        set { known[sql] = newValue }
    }

    /// The statement under a name that none had before.
    mutating func make(_ sql: String) -> PreparedStatement {
        count += 1
        return PreparedStatement(sql, name: "relink\(count)")
    }
}
