import Foundation
import GRDB
import RunSupport

/// What a killed program left in its ledger, read from a copy so that nothing is mended by looking at it.
struct Aftermath: Sendable {
    /// Rows whose POST was out.
    var posting = 0
    /// Rows whose mint was out.
    var mintsOut = 0
    /// The most calls to one API that the run which left them could have in flight.
    var inFlight = 0
    /// What SQLite says of the file.
    var integrity = "ok"

    /// Looks at the ledger at `path`.
    init(of path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        let folder = try Scratch()
        let eye = try Self.copy(path, folder)
        integrity = try eye.string("PRAGMA integrity_check") ?? ""
        guard try eye.int("SELECT count(*) FROM sqlite_schema WHERE name = 'links'") == 1 else { return }
        // A run that is killed before it has taken over what an earlier one left has no line among the runs yet.
        let command = try eye.string("SELECT command FROM runs ORDER BY id DESC LIMIT 1") ?? ""
        inFlight =
            command.split(separator: "--concurrency ").dropFirst().first.flatMap { Int($0.prefix { $0 != " " }) } ?? 0
        posting = try eye.int("SELECT count(*) FROM links WHERE state = 'posting'") ?? 0
        mintsOut = try eye.int("SELECT count(*) FROM links WHERE mint_sent_at IS NOT NULL AND state <> 'linked'") ?? 0
    }

    /// Orphan tokens by account, as the ledger at `path` counts them.
    static func orphans(of path: String) throws -> [String: Int] {
        let folder = try Scratch()
        let rows = try copy(path, folder).rows("SELECT account_id, orphans FROM links WHERE orphans > 0")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["account_id"], $0["orphans"]) })
    }

    private static func copy(_ path: String, _ folder: Scratch) throws -> LedgerEye {
        for suffix in ["", "-wal", "-journal"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: folder.path("copy.sqlite" + suffix))
        }
        return try LedgerEye(folder.path("copy.sqlite"))
    }
}
