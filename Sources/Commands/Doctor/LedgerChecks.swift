import Ledger
import Reports

/// The doctor's checks of a ledger.
struct LedgerChecks {
    let path: LedgerPlace

    /// Looks at the ledger.
    ///
    /// - Throws: `LedgerError` where there is none, or where it cannot be read for a reason that is no fault of its own.
    func perform() throws -> [Diagnosis.Check] {
        let checkup = try LedgerCheckup.examining(path)
        return checkup.findings.flatMap(checks) + (checkup.faults.isEmpty ? [try lastRun()].compactMap(\.self) : [])
    }

    private func checks(_ finding: LedgerCheckup.Finding) -> [Diagnosis.Check] {
        let name = "ledger " + finding.part.rawValue
        if let leftOut = finding.leftOut { return [Diagnosis.Check(name, .ok, "not looked at: \(leftOut)")] }
        if finding.faults.isEmpty {
            return [Diagnosis.Check(name, .ok, Self.sound(finding.part, onServer: path.filePath == nil))]
        }
        return finding.faults.map { Diagnosis.Check(name, .fail, $0, advice: advice) }
    }

    private func lastRun() throws -> Diagnosis.Check? {
        guard !path.isInUse, let run = try LedgerReader(path).overview().runs.first,
            run.finishedAt == nil
        else { return nil }
        return Diagnosis.Check(
            "ledger last run",
            .warn,
            "the run \(run.id) did not come to its end",
            advice: "Run its command again: it asks Bond about the calls that were out, and goes on."
        )
    }

    private var advice: String {
        path.filePath == nil
            ? Self.serverAdvice
            : "Keep a copy of \(path) as it is. Then restore a backup: relink ledger restore COPY. Without a backup: "
                + "relink ledger backup COPY saves what can be read, and restoring that makes the next run ask Bond about "
                + "every row that it does not know as linked."
    }

    private static let serverAdvice =
        "Keep a copy of the database as it is (pg_dump). Then restore a backup into another one (pg_restore)."

    private static func sound(_ part: LedgerCheckup.Part, onServer: Bool) -> String {
        switch part {
        case .file where onServer: "the server answers, and looks after its files itself"
        case .file: "SQLite's integrity check finds nothing"
        case .log: "no commit is lost from the log"
        case .schema: "all tables and indexes are there"
        case .references: "every row that is named is there"
        case .rows: "every row is what its state promises"
        case .runs: "runs and writer's epoch agree"
        }
    }
}
