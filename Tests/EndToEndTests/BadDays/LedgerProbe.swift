import GRDB

/// Looks into a ledger with another program's eyes, and does to it what another program can do.
struct LedgerProbe {
    private let database: DatabaseQueue

    init(_ folder: Scratch, _ name: String = "relink.sqlite") throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = false
        // A transaction that stays open is what these tests are about.
        configuration.allowsUnsafeTransactions = true
        database = try DatabaseQueue(path: folder.path(name), configuration: configuration)
    }

    func strings(_ sql: String) throws -> [String] {
        try database.read { try String.fetchAll($0, sql: sql) }
    }

    func execute(_ sql: String) throws {
        try database.writeWithoutTransaction { try $0.execute(sql: sql) }
    }
}
