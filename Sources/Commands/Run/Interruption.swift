import Domain
import Pipeline
import UnixSignals

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// What signals ask of a run: the first one to end it in good order, the second to end it now.
enum Interruption {
    /// How long calls in flight may take to finish after the first signal.
    private static let grace = Duration.seconds(30)

    /// Runs `body` while SIGINT, SIGTERM and SIGHUP are watched.
    ///
    /// - Parameters:
    ///   - control: Stops the run in good order.
    ///   - giveUp: Ends the calls that are out still when the time for that is over.
    ///   - body: The run.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    static func watching<Result: Sendable>(
        _ control: RunControl,
        giveUp: @escaping @Sendable () -> Void,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await watch(signals, control, giveUp) }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private static func watch(
        _ signals: UnixSignalsSequence,
        _ control: RunControl,
        _ giveUp: @escaping @Sendable () -> Void
    ) async {
        await withDiscardingTaskGroup { group in
            var isFirst = true
            for await signal in signals {
                let number = number(of: signal)
                // Every row's state is durable at all times, so that there is nothing to put in order.
                guard isFirst else { endNow(number) }
                isFirst = false
                Console.tell(
                    "relink: stopping; calls in flight finish first, for 30 s at most. The same signal again ends it now.",
                    event: .stopping,
                    [("signal", "\(number)")]
                )
                group.addTask { await giveUpInTime(giveUp) }
                control.stop(.interrupted(signal: number))
            }
        }
    }

    private static func endNow(_ number: Int32) -> Never {
        if let width = Terminal.width { Console.draw([], width: width) }
        Console.tell(
            "relink: ended at once. Rows whose call to Bond was in flight are in doubt; the next run settles them.",
            event: .stopping,
            [("signal", "\(number)")]
        )
        _exit(128 + number)
    }

    private static func giveUpInTime(_ giveUp: @Sendable () -> Void) async {
        guard (try? await ContinuousClock().sleep(for: grace)) != nil else { return }
        Console.tell("relink: calls are out still after 30 s; their rows are in doubt, and the next run asks Bond.")
        giveUp()
    }

    private static func number(of signal: UnixSignal) -> Int32 {
        switch signal {
        case .sigint: SIGINT
        case .sighup: SIGHUP
        default: SIGTERM
        }
    }
}
