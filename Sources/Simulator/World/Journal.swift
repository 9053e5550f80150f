import Foundation

/// An append-only file of effects, one JSON object a line, that survives the process being killed.
///
/// A line is in the kernel's hands before the answer that it belongs to is sent. It holds neither access tokens nor
/// credentials. A last line that was cut off by the process's death is dropped at the next start.
struct Journal: Sendable {
    private let path: String
    private let file: FileHandle

    /// Opens or makes the file and gives back the effects it holds.
    static func open(at path: String) throws(SimulatorError) -> (journal: Journal, effects: [Effect]) {
        do {
            if !FileManager.default.fileExists(atPath: path) {
                let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
                guard FileManager.default.createFile(atPath: path, contents: nil, attributes: attributes) else {
                    throw SimulatorError.journalUnusable(path: path, reason: "it cannot be created")
                }
            }
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            let content = try file.readToEnd() ?? Data()
            let whole = content.lastIndex(of: UInt8(ascii: "\n")).map { content[...$0] } ?? Data()
            try file.truncate(atOffset: UInt64(whole.count))
            let effects = try whole.split(separator: UInt8(ascii: "\n")).map {
                try JSONDecoder().decode(Effect.self, from: $0)
            }
            return (Journal(path: path, file: file), effects)
        } catch let error as SimulatorError {
            throw error
        } catch {
            throw .journalUnusable(path: path, reason: "\(error)")
        }
    }

    func append(_ effect: Effect) throws {
        try file.write(contentsOf: JSONEncoder().encode(effect) + [UInt8(ascii: "\n")])
    }

    func clear() throws {
        try file.truncate(atOffset: 0)
    }
}
