/// Where a ledger is.
package enum LedgerPlace: Sendable, Equatable, CustomStringConvertible {
    /// A file, by its absolute path with links resolved.
    case file(String)
    /// A database of a PostgreSQL server.
    case server(ServerAddress)

    /// Reads what a user names a ledger by: the URL of a database, or a path.
    ///
    /// - Parameters:
    ///   - text: What the user says.
    ///   - folder: What a path is relative to.
    /// - Throws: `LedgerError.badAddress`.
    package init(_ text: String, in folder: String) throws {
        self =
            if ServerAddress.isURL(text) {
                .server(try ServerAddress(text))
            } else {
                .file(LedgerFile.resolved(text, in: folder))
            }
    }

    /// A word of a command line, or a setting's value, without the password of the URL that it may be or end with.
    package static func withoutPassword(_ word: String) -> String {
        guard let start = ServerAddress.start(in: word) else { return word }
        let url = String(word[start...])
        return word[..<start] + ((try? ServerAddress(url))?.name ?? "postgresql://...")
    }

    /// The path, or the URL without its password.
    package var description: String {
        switch self {
        case .file(let path): path
        case .server(let address): address.name
        }
    }

    /// Whether there is a ledger, or at least a file of its name.
    ///
    /// - Throws: `LedgerError` where a server does not say.
    package func exists() throws -> Bool {
        switch self {
        case .file(let path): LedgerFile.exists(path)
        case .server(let server): try PostgreSQLOpening.exists(server)
        }
    }

    /// Whether somebody holds the lock of the ledger; a server that does not say counts as no.
    package var isInUse: Bool {
        switch self {
        case .file(let path): LedgerFile.isInUse(path)
        case .server(let server): (try? PostgreSQLOpening.isInUse(server)) ?? false
        }
    }

    /// The path, where the ledger is a file.
    package var filePath: String? {
        if case .file(let path) = self { path } else { nil }
    }
}
