import Foundation

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Reads small files whole.
enum FileReading {
    /// A whole text.
    ///
    /// - Throws: `CommandFailure` 78 when it cannot be read.
    static func text(_ path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            let why = ReadingFault.opening(path) ?? "it is no file of text"
            throw CommandFailure(.misconfigured, "The configuration \(path) cannot be read: \(why).")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The first line of a file, without blanks at its edges; what `setting` named it is for the message.
    static func firstLine(_ path: String, of setting: String) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw unreadable(path, setting)
        }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = read(descriptor, &buffer, buffer.count)
        guard count >= 0 else { throw unreadable(path, setting) }
        let line = buffer.prefix(max(0, count)).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .first
        return String(decoding: line ?? [], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func unreadable(_ path: String, _ setting: String) -> CommandFailure {
        CommandFailure(.misconfigured, "\(setting) names \(path), which cannot be read: \(ReadingFault.now).")
    }
}
