import ArgumentParser
import Ledger

/// Which ledger a command works on.
struct LedgerOptions: ParsableArguments {
    @Option(
        help: """
            The ledger: a file, or postgresql://user@host/database (RELINK_LEDGER). Default: relink.sqlite in the working \
            directory.
            """
    )
    var ledger: String?

    /// Where the ledger is.
    ///
    /// - Throws: `CommandFailure` 64 where a URL cannot be read.
    func place(_ settings: SettingsReader) throws -> LedgerPlace {
        do {
            return try LedgerPlace(
                settings.text(.ledger, flag: ledger) ?? "relink.sqlite",
                in: Surroundings.workingFolder
            )
        } catch let error as LedgerError {
            throw CommandFailure(error)
        }
    }

    /// The path of a ledger that has to be a file.
    ///
    /// - Parameters:
    ///   - settings: What is set.
    ///   - instead: What to do for a ledger on a server.
    /// - Returns: The path.
    /// - Throws: `CommandFailure` 64.
    func filePath(_ settings: SettingsReader, instead: String) throws -> String {
        let place = try place(settings)
        guard let path = place.filePath else {
            throw CommandFailure(LedgerError.needsFile(path: place.description, instead: instead))
        }
        return path
    }
}
