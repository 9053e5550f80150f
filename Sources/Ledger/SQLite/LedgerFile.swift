#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A ledger's file as the file system sees it.
package enum LedgerFile {
    /// Whether there is a file.
    package static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Makes sure that there is a ledger to work on; an empty file is what a ledger that was lost can look like.
    ///
    /// - Throws: `LedgerError.missing` or `.empty`.
    static func checkThere(_ path: String) throws {
        guard exists(path) else { throw LedgerError.missing(path: path) }
        guard size(path) > 0 else { throw LedgerError.empty(path: path) }
    }

    /// The file's size in bytes, 0 where there is none.
    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Whether the file at `path` is a ledger, by what its first bytes say.
    package static func isLedger(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var head = [UInt8](repeating: 0, count: 72)
        guard read(descriptor, &head, head.count) == head.count else { return false }
        return head.starts(with: Array("SQLite format 3\0".utf8)) && head.suffix(4) == [0x52, 0x4C, 0x4E, 0x4B]
    }

    /// Whether somebody holds the lock of the ledger at `path`.
    package static func isInUse(_ path: String) -> Bool {
        LedgerLock.isHeld(path)
    }

    /// The absolute path with links resolved, so that one ledger has one name; the file itself need not exist.
    package static func resolved(_ path: String, in folder: String) -> String {
        let absolute = path.hasPrefix("/") ? path : folder + "/" + path
        if let real = realName(absolute) { return real }
        let slash = absolute.lastIndex(of: "/") ?? absolute.startIndex
        let parent = slash == absolute.startIndex ? "/" : String(absolute[..<slash])
        guard let real = realName(parent) else { return absolute }
        return (real == "/" ? "" : real) + absolute[slash...]
    }

    private static func realName(_ path: String) -> String? {
        guard let name = realpath(path, nil) else { return nil }
        defer { free(name) }
        return String(cString: name)
    }
}
