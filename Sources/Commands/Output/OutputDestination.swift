/// Where a command's data goes: standard output, or a file that appears complete or not at all.
enum OutputDestination {
    case standardOutput
    case file(AtomicFile)

    /// Nothing means standard output.
    init(path: String?, sparing read: FilesRead) throws {
        self = if let path { .file(try AtomicFile(path, sparing: read)) } else { .standardOutput }
    }

    func write(_ bytes: [UInt8]) throws {
        switch self {
        case .standardOutput: try Console.write(bytes)
        case .file(let file): try file.write(bytes)
        }
    }

    /// Puts a file in its place.
    func complete() throws {
        if case .file(let file) = self { try file.complete() }
    }
}
