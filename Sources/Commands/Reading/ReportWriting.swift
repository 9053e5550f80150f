import Domain
import Ledger
import Reports

/// Writes reports of rows from a ledger, in pieces.
struct ReportWriting {
    let ledger: LedgerReader
    let format: ReportFormat
    let spreadsheetSafe: Bool
    let hasHealth: Bool
    let subject: ReportSubject

    /// Writes the rows that a filter takes.
    func write(matching filter: RowFilter, to destination: OutputDestination) throws {
        var report = makeReport()
        var buffer: [UInt8] = []
        report.appendHeader(to: &buffer)
        try ledger.forEachRow(matching: filter) { row in
            report.append(row, to: &buffer)
            try Self.flush(&buffer, to: destination)
        }
        report.appendFooter(to: &buffer)
        try destination.write(buffer)
        try destination.complete()
    }

    /// Writes the rows that differ between the ends of two runs.
    func write(_ before: RunOnRecord, _ after: RunOnRecord, to destination: OutputDestination) throws {
        var report: ComparisonReport?
        var buffer: [UInt8] = []
        try ledger.compare(before, after) { comparison in
            let begun = ComparisonReport(
                format: format,
                spreadsheetSafe: spreadsheetSafe,
                of: comparison,
                about: subject
            )
            begun.appendHeader(to: &buffer)
            report = begun
        } _: { change in
            report?.append(change, to: &buffer)
            try Self.flush(&buffer, to: destination)
        }
        report?.appendFooter(to: &buffer)
        try destination.write(buffer)
        try destination.complete()
    }

    /// Writes one file for each action into a folder, and says what is in them.
    ///
    /// Each action has its file, also without rows, so that none is left over from last time; none of them appears
    /// before all are written.
    func write(matching filter: RowFilter, into folder: String, sparing read: FilesRead) throws {
        var files = try SplitFiles(folder: folder, format: format, sparing: read) { makeReport() }
        try ledger.forEachRow(matching: filter) { try files.append($0) }
        try files.complete()
    }

    private func makeReport() -> RowReport {
        RowReport(format: format, spreadsheetSafe: spreadsheetSafe, hasHealth: hasHealth, about: subject)
    }

    private static func flush(_ buffer: inout [UInt8], to destination: OutputDestination) throws {
        guard buffer.count > 64 * 1_024 else { return }
        try destination.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
