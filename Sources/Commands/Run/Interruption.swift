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
    /// Runs `body` while SIGINT, SIGTERM and SIGHUP are watched.
    static func watching<Result: Sendable>(
        _ control: RunControl,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await watch(signals, control) }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private static func watch(_ signals: UnixSignalsSequence, _ control: RunControl) async {
        var isFirst = true
        for await signal in signals {
            let number = number(of: signal)
            // Every row's state is durable at all times, so that there is nothing to put in order.
            guard isFirst else { _exit(128 + number) }
            isFirst = false
            Console.tell("relink: stopping; calls in flight finish first. The same signal again ends it now.")
            await control.stop(.interrupted(signal: number))
        }
    }

    private static func number(of signal: UnixSignal) -> Int32 {
        switch signal {
        case .sigint: SIGINT
        case .sighup: SIGHUP
        default: SIGTERM
        }
    }
}
