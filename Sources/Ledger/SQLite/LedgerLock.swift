#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The right to write a ledger: an advisory lock on a file beside it, which the kernel frees when the process dies.
final class LedgerLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, or says who has it.
    ///
    /// - Throws: `LedgerError.inUse` or `.cannotCreate`.
    init(ledger path: String, holder: String) throws {
        descriptor = try Self.take(path + ".lock", ledger: path)
        Self.write(holder, to: descriptor)
    }

    deinit {
        close(descriptor)
    }

    /// Whether somebody has the lock now; asking takes nothing.
    static func isHeld(_ ledger: String) -> Bool {
        let descriptor = open(ledger + ".lock", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    private static func take(_ lockPath: String, ledger: String) throws -> Int32 {
        while true {
            let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                // A folder that is not there is no matter of the lock's.
                throw LedgerError.cannotCreate(
                    path: errno == ENOENT ? ledger : lockPath,
                    why: String(cString: strerror(errno))
                )
            }
            guard isLocked(descriptor) else {
                let holder = contents(of: descriptor)
                close(descriptor)
                throw LedgerError.inUse(path: ledger, holder: holder.isEmpty ? "another run" : holder)
            }
            // Somebody may have removed the file between opening and locking: then this lock guards nothing.
            if isSameFile(descriptor, lockPath) { return descriptor }
            close(descriptor)
        }
    }

    /// Takes the lock; who only looks whether it is taken, and who has it and starts a program, has it for a moment
    /// longer, hence the further tries for a moment.
    private static func isLocked(_ descriptor: Int32) -> Bool {
        for _ in 0..<10 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            usleep(20_000)
        }
        return false
    }

    private static func isSameFile(_ descriptor: Int32, _ path: String) -> Bool {
        var open = stat()
        var named = stat()
        return fstat(descriptor, &open) == 0 && stat(path, &named) == 0 && open.st_ino == named.st_ino
            && open.st_dev == named.st_dev
    }

    private static func contents(of descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        ftruncate(descriptor, 0)
        let bytes = Array(text.utf8)
        _ = pwrite(descriptor, bytes, bytes.count, 0)
    }
}
