/// A statement as a server keeps it for a connection.
struct PreparedStatement {
    let name: String
    private let statement: StatementText
    /// With `$1` for a value.
    var text: String { statement.text }
    /// The names of its values in their order; none where they stand by place.
    var names: [String] { statement.names }

    init(_ sql: String, name: String) {
        (statement, self.name) = (StatementText(sql), name)
    }
}
