import Crypto

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Tells whether a file is still what it was.
enum FileDigest {
    private static let pieceSize = 1 << 20

    /// The SHA-256 of a file's content, in hexadecimal digits.
    ///
    /// - Throws: `CommandFailure` 66 where it cannot be read.
    static func sha256(_ path: String) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: pieceSize)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            guard count > 0 else { break }
            hash.update(data: buffer[..<count])
        }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(.noInput, "The input \(path) cannot be read: \(ReadingFault.now).")
    }
}
