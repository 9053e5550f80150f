import Foundation
import LinkPage

/// A certificate of the test's own, made by openssl.
enum Certificate {
    static let tool = ["/usr/bin/openssl", "/usr/local/bin/openssl"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    static func withFiles(_ body: (LinkPageConfiguration.TLSFiles) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tls-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = LinkPageConfiguration.TLSFiles(
            certificates: folder.appending(path: "chain.pem").path,
            key: folder.appending(path: "key.pem").path
        )
        let process = Process()
        process.executableURL = URL(filePath: tool ?? "")
        process.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1",
            "-out", files.certificates, "-keyout", files.key,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try await body(files)
    }
}
