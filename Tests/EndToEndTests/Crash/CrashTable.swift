import Foundation
import Synchronization

/// Where the figures go: a table that `scripts/crash` shows.
enum CrashTable {
    private static let lock = Mutex(())

    /// Adds a line, where somebody wants the table.
    static func add(_ name: String, _ figures: CrashFigures) throws {
        try add(figures.line(name))
    }

    /// Adds a line of other columns.
    static func add(_ cells: [String]) throws {
        guard let path = ProcessInfo.processInfo.environment["RELINK_CRASH_TABLE"] else { return }
        try lock.withLock { _ in
            var known = FileManager.default.contents(atPath: path) ?? Data()
            if known.isEmpty { known = Data((CrashFigures.head.joined(separator: "\t") + "\n").utf8) }
            try (known + Data((cells.joined(separator: "\t") + "\n").utf8)).write(to: URL(fileURLWithPath: path))
        }
    }
}
