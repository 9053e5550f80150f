import Ledger

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Writes to open files.
enum FileWriting {
    /// Writes all bytes.
    ///
    /// - Throws: `CommandFailure` 74 when they cannot be written.
    static func write(_ bytes: [UInt8], to descriptor: Int32, name: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw failure(name) }
            rest = rest.dropFirst(written)
        }
    }

    /// What the system's last error means for a file.
    static func failure(_ name: String) -> CommandFailure {
        CommandFailure(.cannotWrite, "\(name) cannot be written: \(SystemFault.now).")
    }
}

/// The system's `write`, whose name the type's own function hides.
private let systemWrite = write
