import Domain
import Synchronization
import Transport

/// Passes calls on, and keeps how far the server's clock was ahead in the last answer with a date.
final class DateListener: HTTPSender {
    private let sender: any HTTPSender
    private let newest = Mutex<Duration?>(nil)

    init(_ sender: any HTTPSender) {
        self.sender = sender
    }

    /// The server's clock minus this machine's, to within a second and half the time the call took.
    var offset: Duration? { newest.withLock { $0 } }

    func perform(_ call: HTTPCall) async -> HTTPOutcome {
        let sentAt = Surroundings.now()
        let outcome = await sender.perform(call)
        let endedAt = Surroundings.now()
        if case .answer(let answer) = outcome, let date = answer.dateMilliseconds {
            let middle = (sentAt.milliseconds + endedAt.milliseconds) / 2
            // The header is cut to the second.
            newest.withLock { $0 = .milliseconds(date + 500 - middle) }
        }
        return outcome
    }
}
