/// What a server knows a connection by: a number that another may have later, and when it began.
struct PostgreSQLSession: Sendable {
    let number: Int64
    let start: String
}
