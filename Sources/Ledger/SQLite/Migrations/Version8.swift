import GRDB

extension Migrations {
    /// Adds what became of the invitations, and the pages that some have.
    static func migrateToVersion8(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE invitations ADD COLUMN link_hash BLOB;
                ALTER TABLE invitations ADD COLUMN page BLOB;
                ALTER TABLE invitations ADD COLUMN ended_at INTEGER;
                ALTER TABLE invitations ADD COLUMN ended TEXT CHECK (ended IN ('success', 'exit'));
                ALTER TABLE invitations ADD COLUMN ended_code TEXT;
                CREATE UNIQUE INDEX invitations_link ON invitations (link_hash) WHERE link_hash IS NOT NULL;
                """
        )
    }
}
