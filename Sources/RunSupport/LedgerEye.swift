package import Ledger

/// Looks into a ledger with a connection of its own, and breaks things in it.
package struct LedgerEye: Sendable {
    private let ledger: LedgerInspection

    /// - Parameter path: A ledger's file, or the URL of a database.
    package init(_ path: String) throws {
        ledger = try LedgerInspection(Sample.place(path))
    }

    /// Changes something behind the ledger's back.
    package func execute(_ sql: String, _ arguments: LedgerArguments) throws {
        _ = try ledger.write { try $0.execute(sql, arguments) }
    }

    /// Changes something with one or several statements.
    package func execute(_ script: String) throws {
        try ledger.write { try $0.execute(script: script) }
    }

    package func row(_ sql: String, _ arguments: LedgerArguments = []) throws -> EyeRow? {
        try rows(sql, arguments).first
    }

    package func rows(_ sql: String, _ arguments: LedgerArguments = []) throws -> [EyeRow] {
        try ledger.read { try $0.rows(sql, arguments).map { try EyeRow($0) } }
    }

    package func int(_ sql: String, _ arguments: LedgerArguments = []) throws -> Int? {
        try ledger.read { try $0.value(sql, arguments) }
    }

    package func string(_ sql: String, _ arguments: LedgerArguments = []) throws -> String? {
        try ledger.read { try $0.value(sql, arguments) }
    }

    package func strings(_ sql: String, _ arguments: LedgerArguments = []) throws -> [String] {
        try ledger.read { try $0.values(sql, arguments) }
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
