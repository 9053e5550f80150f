import GRDB

extension Migrations {
    /// Adds what runs learn of the APIs' limits, for the next run to begin with.
    static func migrateToVersion2(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE learned_rates (
                    api TEXT NOT NULL PRIMARY KEY CHECK (api IN ('plaid', 'bond')),
                    calls_per_second REAL NOT NULL CHECK (calls_per_second > 0),
                    learned_at INTEGER NOT NULL
                ) STRICT;
                """
        )
    }
}
