import Domain
import Ledger
import Reports

/// A run's figures in a file that a collector reads, who is another user and must be able to.
struct MetricsFile {
    private let path: String
    private let read: FilesRead

    init(_ path: String, sparing read: FilesRead) {
        self.path = path
        self.read = read
    }

    /// Puts the figures in the place of the last run's.
    ///
    /// - Throws: `CommandFailure` 73 or 74.
    func write(_ summary: RunSummary, of ledger: LedgerPlace, successCodes: Set<Int32>) throws {
        // A ledger that cannot be read has a run's exit code to say so; the other figures are told all the same.
        let past = try? RunMemory.read(ledger, successCodes: successCodes)
        let metrics = SummaryMetrics(
            summary,
            lastSuccessAt: past?.lastSuccessAt,
            learnedRates: past?.learnedRates ?? [:]
        )
        let file = try AtomicFile(path, mode: 0o644, sparing: read)
        try file.write(Array(metrics.text.utf8))
        try file.complete()
    }
}
