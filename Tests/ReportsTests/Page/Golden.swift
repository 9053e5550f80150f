import Foundation
import Testing

/// Texts as they were when somebody last looked at them, in the folder `Golden`.
///
/// `RELINK_WRITE_GOLDEN=1` writes them anew: look at them, then commit.
enum Golden {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Golden")

    /// Compares a text with the file of this name, byte for byte.
    static func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["RELINK_WRITE_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        let difference = zip(text.split(separator: "\n"), golden.split(separator: "\n")).first { $0 != $1 }
        let isSame = text.utf8.elementsEqual(golden.utf8)
        #expect(
            isSame,
            "\(name) differs, first in: \(difference.map { "\($0.0)\ninstead of: \($0.1)" } ?? "its length")",
            sourceLocation: sourceLocation
        )
    }
}
