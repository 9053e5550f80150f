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
    /// - Throws: `CommandFailure` 73 when it cannot be made.
    init(_ path: String, mode: mode_t = 0o600) throws {
        self.path = path
        draft = "\(path).\(getpid()).part"
        descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw CommandFailure(.cannotCreate, "\(path) cannot be created: \(SystemFault.now).")
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
