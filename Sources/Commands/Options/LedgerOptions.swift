import ArgumentParser
import Ledger

/// Which ledger a command works on.
struct LedgerOptions: ParsableArguments {
    @Option(help: "The ledger's file (RELINK_LEDGER). Default: relink.sqlite in the working directory.")
    var ledger: String?

    /// The absolute path, links resolved.
    func path(_ settings: SettingsReader) -> String {
        LedgerFile.resolved(settings.text(.ledger, flag: ledger) ?? "relink.sqlite", in: Surroundings.workingFolder)
    }
}
