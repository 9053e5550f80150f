#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A file in the folder for passing files that only its owner can read.
struct PrivateFile: Sendable {
    let path: String

    /// Makes the file under a name that nobody can guess.
    ///
    /// - Throws: `CommandFailure` 73 or 74.
    init(name: String, text: String) throws {
        let folder = Surroundings.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array("\(folder)/\(name).XXXXXX".utf8CString)
        // The system makes it with mode 0600, whatever the mask.
        let descriptor = mkstemp(&template)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard descriptor >= 0 else {
            let why = String(cString: strerror(errno))
            throw CommandFailure(.cannotCreate, "no file can be made in \(folder): \(why).")
        }
        defer { close(descriptor) }
        do {
            try FileWriting.write(Array(text.utf8), to: descriptor, name: path)
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Removes the file; one that is gone already is no fault.
    func remove() {
        unlink(path)
    }
}
