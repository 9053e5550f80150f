package import Ledger

/// Looks into a ledger with a connection of its own, and breaks things in it.
package struct LedgerEye: Sendable {
    private let ledger: LedgerInspection
    private let isOnServer: Bool

    /// Connects to a ledger's file, or to the database of a URL.
    package init(_ path: String) throws {
        let place = Sample.place(path)
        (ledger, isOnServer) = (try LedgerInspection(place), place.filePath == nil)
    }

    /// Changes something behind the ledger's back.
    package func execute(_ sql: String, _ arguments: LedgerArguments) throws {
        _ = try ledger.write { try $0.execute(spoken(sql), arguments) }
    }

    /// Changes something with one or several statements.
    package func execute(_ script: String) throws {
        try ledger.write { try $0.execute(script: spoken(script)) }
    }

    package func row(_ sql: String, _ arguments: LedgerArguments = []) throws -> EyeRow? {
        try rows(sql, arguments).first
    }

    package func rows(_ sql: String, _ arguments: LedgerArguments = []) throws -> [EyeRow] {
        try ledger.read { try $0.rows(spoken(sql), arguments).map { try EyeRow($0) } }
    }

    package func int(_ sql: String, _ arguments: LedgerArguments = []) throws -> Int? {
        try ledger.read { try $0.value(spoken(sql), arguments) }
    }

    package func string(_ sql: String, _ arguments: LedgerArguments = []) throws -> String? {
        try ledger.read { try $0.value(spoken(sql), arguments) }
    }

    package func strings(_ sql: String, _ arguments: LedgerArguments = []) throws -> [String] {
        try ledger.read { try $0.values(spoken(sql), arguments) }
    }

    /// A statement with its blobs, which SQLite writes as `x'00'`, as the ledger's engine writes them.
    private func spoken(_ sql: String) -> String {
        isOnServer ? sql.replacing(" x'", with: " '\\x") : sql
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
