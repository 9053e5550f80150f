import GRDB

extension Migrations {
    /// Adds what the input said of a row, so that a linked one is known by one look into a small index.
    static func migrateToVersion9(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE links ADD COLUMN input_high INTEGER;
                ALTER TABLE links ADD COLUMN input_low INTEGER;
                CREATE INDEX links_input ON links (input_high, input_low) WHERE state = 'linked';
                """
        )
    }
}
