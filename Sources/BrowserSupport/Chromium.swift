import Foundation

/// The Chromium of this machine, if it has one.
package enum Chromium {
    /// Where it is: as `RELINK_TEST_CHROMIUM` says, else on the search path; nil where there is none.
    package static let path: String? = {
        let environment = ProcessInfo.processInfo.environment
        if let told = environment["RELINK_TEST_CHROMIUM"] { return told.isEmpty ? nil : told }
        let folders = (environment["PATH"] ?? "/usr/bin").split(separator: ":")
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
        return names.flatMap { name in folders.map { "\($0)/\(name)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// What a test that is left out for want of one says.
    package static let absence = "no Chromium is installed, and RELINK_TEST_CHROMIUM names none"

    /// Runs a headless Chromium while `body` runs, and hands it one empty page.
    ///
    /// - Parameter body: What to do with the page.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or what keeps Chromium from starting.
    package static func withPage<Result: Sendable>(
        _ body: @escaping @Sendable (BrowserPage) async throws -> Result
    ) async throws -> Result {
        guard let path else { throw BrowserError(absence) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "chromium-" + UUID().uuidString)
        let process = BrowserProcess(path: path, folder: folder.path)
        let line = try process.start()
        let result = await use(line, body)
        await process.stop()
        await remove(folder)
        return try result.get()
    }

    /// Removes the profile: helpers of the browser's may still write to it for a moment after it is gone.
    private static func remove(_ folder: URL) async {
        let deadline = ContinuousClock.now + .seconds(5)
        repeat {
            try? FileManager.default.removeItem(at: folder)
            try? await Task.sleep(for: .milliseconds(100))
        } while FileManager.default.fileExists(atPath: folder.path) && ContinuousClock.now < deadline
    }

    private static func use<Value: Sendable>(
        _ line: DevToolsLine,
        _ body: @escaping @Sendable (BrowserPage) async throws -> Value
    ) async -> Result<Value, any Error> {
        let tools = DevTools(line: line)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { await tools.listen() }
            defer { group.cancelAll() }
            do {
                return .success(try await body(try await BrowserPage(of: tools)))
            } catch {
                return .failure(error)
            }
        }
    }
}

/// Why a browser did not do as it was told.
package struct BrowserError: Error, CustomStringConvertible {
    /// One sentence about it.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
