import GRDB

/// The versions of the ledger's schema, oldest first.
///
/// A version that has been released is never changed.
enum Migrations {
    /// Marks the file as a ledger of relink's ("RLNK").
    static let applicationID: Int32 = 0x524C_4E4B

    /// Brings a ledger of any released version to the newest.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1", migrate: migrateToVersion1)
        migrator.registerMigration("v2", migrate: migrateToVersion2)
        migrator.registerMigration("v3", migrate: migrateToVersion3)
        migrator.registerMigration("v4", migrate: migrateToVersion4)
        migrator.registerMigration("v5", migrate: migrateToVersion5)
        migrator.registerMigration("v6", migrate: migrateToVersion6)
        migrator.registerMigration("v7", migrate: migrateToVersion7)
        migrator.registerMigration("v8", migrate: migrateToVersion8)
        migrator.registerMigration("v9", migrate: migrateToVersion9)
        return migrator
    }
}
