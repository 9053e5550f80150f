import Ledger

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A file that is written in pieces and takes its name only when it is complete; only its owner can read it, unless another mode is given.
final class AtomicFile: Sendable {
    private let path: String
    private let draft: String
    private let descriptor: Int32

    /// Begins the file.
    ///
    /// - Parameters:
    ///   - path: Its name; what a link names is replaced, and not the link.
    ///   - mode: Who may read and write it.
    ///   - read: The files that it must not take the place of.
    /// - Throws: `CommandFailure` 64 where something else would be lost, 73 when it cannot be made.
    init(_ path: String, mode: mode_t = 0o600, sparing read: FilesRead) throws {
        try read.spare(path)
        let path = realName(path) ?? path
        try Self.checkReplaceable(path)
        self.path = path
        draft = "\(path).\(getpid()).part"
        descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw CommandFailure(.cannotCreate, "\(path) cannot be created: \(SystemFault.now).")
        }
    }

    /// Makes sure that the file could be written now, and leaves nothing behind.
    ///
    /// - Throws: `CommandFailure` 73 when it cannot be made, 64 when it would take the place of what it must not.
    static func check(_ path: String, sparing read: FilesRead) throws {
        _ = try AtomicFile(path, sparing: read)
    }

    /// Makes sure that nothing is lost that is no older version of the same file.
    private static func checkReplaceable(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure(
                .usage,
                "\(path) is no regular file: leave the option out, and redirect the output there."
            )
        }
        if LedgerFile.isLedger(path) {
            throw CommandFailure(.usage, "\(path) is a ledger and is not overwritten: give another name.")
        }
    }

    deinit {
        close(descriptor)
        // Gone already when the file was completed.
        unlink(draft)
    }

    /// Adds bytes.
    ///
    /// - Throws: `CommandFailure` 74 when they cannot be written.
    func write(_ bytes: [UInt8]) throws {
        try FileWriting.write(bytes, to: descriptor, name: path)
    }

    /// Puts the file in its place, after it has reached the disk.
    func complete() throws {
        guard fsync(descriptor) == 0, rename(draft, path) == 0 else { throw FileWriting.failure(path) }
    }
}

private func realName(_ path: String) -> String? {
    guard let name = realpath(path, nil) else { return nil }
    defer { free(name) }
    return String(cString: name)
}
