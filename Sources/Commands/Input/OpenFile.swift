import Domain
import NIOPosix

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// An open input, read in pieces on a thread where waiting holds nobody up.
final class OpenFile: ByteSource, Sendable {
    private static let pieceSize = 128 * 1_024
    private let descriptor: Int32
    private let name: String
    private let meter: InputMeter?

    /// Opens a file; `-` is standard input.
    ///
    /// - Throws: `CommandFailure` 66 when there is no such file.
    init(_ name: String, meter: InputMeter? = nil) throws {
        (self.name, self.meter) = (name, meter)
        descriptor = name == "-" ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandFailure(.noInput, "The input \(name) cannot be read: \(ReadingFault.now).")
        }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw CommandFailure(.noInput, "The input \(name) is a folder: name the files in it.")
        }
        meter?.expect(bytes: status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil)
    }

    /// The size of a file in bytes; nothing where it is none that has one.
    static func size(_ name: String) -> Int? {
        var status = stat()
        guard name != "-", stat(name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    func read() async throws -> [UInt8] {
        try await NIOThreadPool.singleton.runIfActive { [descriptor, name, meter] in
            while true {
                var buffer = [UInt8](repeating: 0, count: Self.pieceSize)
                let count = systemRead(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else {
                    let why = ReadingFault.now
                    throw CommandFailure(.noInput, "The input \(name) cannot be read on: \(why).")
                }
                buffer.removeLast(buffer.count - count)
                meter?.note(bytes: count)
                return buffer
            }
        }
    }
}

/// The system's `read`, whose name the type's own function hides.
private let systemRead = read
