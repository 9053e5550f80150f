import Reports
import UnixSignals

/// Shows how far a run is: three lines that are drawn anew on a terminal, else a line a minute, and one whenever
/// SIGUSR1 asks for it.
struct ProgressWatch: Sendable {
    private static let glance = Duration.milliseconds(250)
    private static let minute = Duration.seconds(60)

    let run: LiveRun
    let isQuiet: Bool

    /// Runs `body` and shows meanwhile how far it is.
    func showing<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigusr1)
        defer { if let width = Terminal.width { Console.draw([], width: width) } }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in signals { await tell() } }
            if !isQuiet { group.addTask { try await show() } }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private func show() async throws {
        var nextLine = ContinuousClock.now + Self.minute
        while true {
            if let width = Terminal.width {
                let text = await run.text()
                let lines = text.lines(width: width, isPlain: Terminal.isPlain)
                Console.draw(lines, width: width, isAlert: text.isWaiting)
            } else if ContinuousClock.now >= nextLine {
                await tell()
                nextLine += Self.minute
            } else {
                // Keeps the trend of the last minute.
                _ = await run.text()
            }
            try await Task.sleep(for: Terminal.width == nil ? .seconds(1) : Self.glance)
        }
    }

    private func tell() async {
        let text = await run.text()
        Console.tell(text.line, event: .progress, text.fields, isTimed: true)
    }
}
