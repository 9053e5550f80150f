import Foundation

/// The two ends of a browser's DevTools pipe.
struct DevToolsLine: Sendable {
    let inlet: FileHandle
    let chunks: AsyncStream<Data>
}

/// A Chromium without a window and with a profile of its own, which reads orders from descriptor 3 and answers to 4.
struct BrowserProcess {
    private let process = Process()
    private let path: String
    private let folder: String
    private let ends: AsyncStream<Void>

    init(path: String, folder: String) {
        self.path = path
        self.folder = folder
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        self.ends = ends
        process.terminationHandler = { _ in end.finish() }
    }

    func start() throws -> DevToolsLine {
        let (input, output) = (Pipe(), Pipe())
        // Foundation hands on the first three descriptors only; the shell puts them where Chromium looks for them.
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments =
            ["-c", #"exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#, "chromium", path] + flags + ["about:blank"]
        process.standardInput = input
        process.standardOutput = output
        let (chunks, inlet) = AsyncStream.makeStream(of: Data.self)
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty {
                handle.readabilityHandler = nil
                inlet.finish()
            } else {
                inlet.yield(data)
            }
        }
        try process.run()
        return DevToolsLine(inlet: input.fileHandleForWriting, chunks: chunks)
    }

    /// Ends it and waits until it is gone.
    func stop() async {
        process.terminate()
        for await _ in ends {}
    }

    private var flags: [String] {
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--no-default-browser-check", "--no-proxy-server", "--disable-background-networking",
            "--disable-component-update", "--disable-extensions", "--disable-sync", "--mute-audio",
            // One process for a page and its frames, so that one line reaches them all.
            "--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process",
            "--user-data-dir=" + folder, "--remote-debugging-pipe",
        ]
    }
}
