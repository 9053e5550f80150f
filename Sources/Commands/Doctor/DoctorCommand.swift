import ArgumentParser
import Ledger
import Reports

/// `relink doctor`: looks for what would go wrong, and changes nothing.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the ledger, also while a run is going on; nothing is changed.",
        discussion: """
            Exit codes: 0 nothing is wrong (a warning is no fault), 66 there is no ledger, 75 another program has it \
            locked, 78 the ledger is damaged: restore a backup.
            """
    )

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Print one document (JSON).")
    var json = false

    func run() async throws {
        let path = ledger.path(try await configuration.reader())
        let diagnosis = Diagnosis(try await CommandFailure.translating { try LedgerChecks(path: path).perform() })
        try Console.write(line: json ? DiagnosisDocument(diagnosis).json : DiagnosisText(diagnosis).text)
        if diagnosis.verdict == .fail {
            throw CommandFailure(.misconfigured, "Something is wrong with \(path): see the lines that begin with fail.")
        }
    }
}
