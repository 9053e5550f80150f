import FoundationEssentials
package import GRDB

/// Looks into a ledger's file with a connection of its own, and breaks things in it.
package struct LedgerEye: Sendable {
    private let database: DatabaseQueue

    package init(_ path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        database = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Changes something behind the ledger's back.
    package func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
        try database.write { try $0.execute(sql: sql, arguments: arguments) }
    }

    package func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
        try database.read { try Row.fetchOne($0, sql: sql, arguments: arguments) }
    }

    package func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
        try database.read { try Row.fetchAll($0, sql: sql, arguments: arguments) }
    }

    package func int(_ sql: String, _ arguments: StatementArguments = []) throws -> Int? {
        try database.read { try Int.fetchOne($0, sql: sql, arguments: arguments) }
    }

    package func string(_ sql: String, _ arguments: StatementArguments = []) throws -> String? {
        try database.read { try String.fetchOne($0, sql: sql, arguments: arguments) }
    }

    package func strings(_ sql: String, _ arguments: StatementArguments = []) throws -> [String] {
        try database.read { try String.fetchAll($0, sql: sql, arguments: arguments) }
    }

    /// Every column of every row of `links` and the number of attempts: what must not change when a step is refused.
    package func fingerprint() throws -> [String] {
        try rows("SELECT * FROM links ORDER BY id").map(\.description) + [
            "\(try int("SELECT count(*) FROM attempts") ?? -1)"
        ]
    }

    /// The states of all rows by account.
    package func states() throws -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: try rows("SELECT owner_key, account_id, state FROM links").map { row in
                ("\(row["owner_key"] as String)/\(row["account_id"] as String)", row["state"])
            }
        )
    }
}

extension Row {
    /// A blob column's bytes, none where it is null.
    package func blob(_ column: String) -> [UInt8] {
        let data: Data? = self[column]
        return data.map { Array($0) } ?? []
    }
}
