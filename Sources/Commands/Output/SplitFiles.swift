import Domain
import Ledger
import Reports

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// One report for each action, each in a file of its own in one folder.
struct SplitFiles {
    private struct Part {
        let name: String
        let file: AtomicFile
        var report: RowReport
        var buffer: [UInt8] = []
        var rows = 0

        mutating func add(_ row: ReportRow) throws {
            report.append(row, to: &buffer)
            rows += 1
            if buffer.count > 64 * 1_024 { try flush() }
        }

        mutating func end() throws {
            report.appendFooter(to: &buffer)
            try flush()
        }

        private mutating func flush() throws {
            try file.write(buffer)
            buffer.removeAll(keepingCapacity: true)
        }
    }

    /// The actions that somebody takes, in the order in which they are said.
    private static let actions = RowAction.allCases.filter { $0 != .none }

    private let folder: String
    private var parts: [RowAction: Part] = [:]

    /// Begins a file for each action.
    ///
    /// - Throws: `CommandFailure` 73 when folder or file cannot be made.
    init(folder: String, format: ReportFormat, sparing read: FilesRead, makeReport: () -> RowReport) throws {
        self.folder = folder
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw CommandFailure(.cannotCreate, "\(folder) cannot be created: \(SystemFault.now).")
        }
        for action in Self.actions {
            let name = "\(folder)/\(action.rawValue).\(format.fileExtension)"
            var part = Part(name: name, file: try AtomicFile(name, sparing: read), report: makeReport())
            part.report.appendHeader(to: &part.buffer)
            parts[action] = part
        }
    }

    /// Adds a row to the file of its action; rows that ask for nothing are in none.
    mutating func append(_ row: ReportRow) throws {
        guard parts[row.action] != nil else { return }
        try parts[row.action]?.add(row)
    }

    /// Puts all files in their places, after all of them have been written, and says what is in them.
    mutating func complete() throws {
        for action in Self.actions { try parts[action]?.end() }
        for action in Self.actions { try parts[action]?.file.complete() }
        for part in Self.actions.compactMap({ parts[$0] }) {
            Console.tell("\(part.name)  \(part.rows) \(part.rows == 1 ? "row" : "rows")")
        }
    }
}
