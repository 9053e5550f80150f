import Domain
import Pipeline
import Reports
import UnixSignals

/// Shows how far a command is that asks Plaid about one line after the other: a line that is drawn anew on a terminal,
/// else one a minute, and one whenever SIGUSR1 asks for it.
struct CallWatch: Sendable {
    private static let glance = Duration.milliseconds(250)
    private static let minute = Duration.seconds(60)
    /// Over how long the rate is told.
    private static let span = Duration.seconds(10)

    let name: String
    let board: RunBoard
    let isQuiet: Bool

    /// Runs `body` and shows meanwhile how far it is.
    func showing<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigusr1)
        let start = ContinuousClock.now
        defer { if let width = Terminal.width { Console.draw([], width: width) } }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in signals { tell(text(since: start, (0, start))) }
            }
            if !isQuiet { group.addTask { try await show(since: start) } }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private func show(since start: ContinuousClock.Instant) async throws {
        var readings: [(sent: Int, at: ContinuousClock.Instant)] = [(0, start)]
        var nextLine = start + Self.minute
        while true {
            let now = ContinuousClock.now
            readings.append((sent, now))
            while readings.count > 2, now - readings[0].at > Self.span { readings.removeFirst() }
            if let width = Terminal.width {
                Console.draw([String((" " + text(since: start, readings[0])).prefix(width))], width: width)
            } else if now >= nextLine {
                tell(text(since: start, readings[0]))
                nextLine += Self.minute
            }
            try await Task.sleep(for: Terminal.width == nil ? .seconds(1) : Self.glance)
        }
    }

    private var sent: Int { board.calls[.plaid]?.sent ?? 0 }

    private func text(
        since start: ContinuousClock.Instant,
        _ before: (sent: Int, at: ContinuousClock.Instant)
    ) -> String {
        let now = ContinuousClock.now
        let text = CallProgressText(
            board.calls[.plaid] ?? RunSummary.Calls(),
            elapsed: now - start,
            lately: (sent - before.sent, now - before.at)
        )
        return "\(name): \(text.line)"
    }

    private func tell(_ text: String) {
        Console.tell(text, event: .progress, [], isTimed: true)
    }
}
