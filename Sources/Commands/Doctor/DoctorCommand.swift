import ArgumentParser
import Domain
import Reports

/// `relink doctor`: looks for what would go wrong, and changes nothing.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check ledger, settings, credentials, clock, disk and both APIs; nothing is changed.",
        discussion: """
            The ledger is checked also while a run is going on. Where credentials are set, or the environment is the \
            simulator, each API gets one call that makes nothing; --offline leaves them out.
            Exit codes: 0 nothing is wrong (a warning is no fault), 66 there is no ledger, 74 the ledger's folder cannot \
            be written, 75 the ledger is locked or an API cannot be reached, 77 an API refuses the credentials, 78 the \
            ledger is damaged or a setting is wrong. Where several hold: 74, 77, 78, then 75.
            """
    )

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Make no calls.")
    var offline = false

    @Flag(help: "Print one document (JSON).")
    var json = false

    func run() async throws {
        let checkup = try await SetupCheckup(
            reader: try await configuration.reader(),
            ledger: ledger,
            connection: connection,
            isOffline: offline
        )
        let findings = try await checkup.perform()
        let diagnosis = Diagnosis(findings.map(\.check))
        try Console.write(line: json ? DiagnosisDocument(diagnosis).json : DiagnosisText(diagnosis).text)
        let codes = findings.filter { $0.check.verdict == .fail }.map(\.code)
        guard let code = Finding.order.first(where: codes.contains) ?? codes.first else { return }
        let faults = findings.filter { $0.check.verdict == .fail && $0.code == code }.map(\.check.detail)
        throw CommandFailure(code, "Something is wrong: \(faults.first ?? "") See the lines that begin with fail.")
    }
}
