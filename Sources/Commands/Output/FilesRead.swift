#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The files that a command reads, none of which its own output may replace.
struct FilesRead: Sendable {
    private struct File: Sendable {
        let device: dev_t
        let number: ino_t
        let what: String
    }

    private var files: [File] = []

    /// No file.
    init() {}

    /// The files that settings come from, and the inputs.
    ///
    /// - Parameters:
    ///   - reader: Whose configuration and files of credentials are spared.
    ///   - inputs: What rows are read from; `-` is no file.
    ///   - exclusions: What `--exclude` names.
    init(_ reader: SettingsReader, inputs: [String] = [], exclusions: String? = nil) {
        for file in reader.files { add(file.path, file.what) }
        for input in inputs where input != "-" { add(input, "an input") }
        if let exclusions { add(exclusions, "the list of what is left out") }
    }

    /// Spares one more file, if there is one.
    mutating func add(_ path: String, _ what: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        files.append(File(device: status.st_dev, number: status.st_ino, what: what))
    }

    /// Makes sure that an output does not take the place of a file that is read, whatever names and links lead there.
    ///
    /// - Throws: `CommandFailure` 64.
    func spare(_ output: String) throws {
        var status = stat()
        guard stat(output, &status) == 0 else { return }
        guard let file = files.first(where: { $0.device == status.st_dev && $0.number == status.st_ino }) else {
            return
        }
        throw CommandFailure(.usage, "\(output) is \(file.what) and is not overwritten: give another name.")
    }
}
