import Dispatch
import Synchronization

/// A run's connection to its ledger on a server, made anew where the server was restarted or the network cut it.
///
/// Meanwhile every write waits, so that nothing leaves. A transaction whose connection was lost is carried out again,
/// unless its number is on the server, and so it had been committed. It can be, for the run is still among the workers:
/// nobody has taken over what it has in hand.
final class LastingStore: LedgerStore {
    /// How long a server may be away; a restart and most changes of the primary are done by then.
    private static let patience = Duration.seconds(60)
    /// How often a transaction is tried: one that loses its connection every time may be what ends it.
    private static let tries = 10

    private struct State {
        var store: PostgreSQLStore
        /// The run that writes; nothing before it has begun, when a loss is simply an error.
        var run: Int64?
        /// The number of the newest transaction; those of a process are its own.
        var number = Int64.random(in: 0..<(1 << 62))
        /// The number of the newest that was committed.
        var committed: Int64?
    }

    private let server: ServerAddress
    private let opening: LedgerOpening
    private let state: Mutex<State>
    /// Connecting waits for the network, which no thread that others need may do.
    private let queue = DispatchQueue(label: "ledger connection")

    /// Lasts from a connection that has the lock.
    init(_ store: PostgreSQLStore, to server: ServerAddress, _ opening: LedgerOpening) {
        (self.server, self.opening) = (server, opening)
        state = Mutex(State(store: store))
    }

    var mayRepeat: Bool { true }

    func sign(as run: Int64) {
        state.withLock { $0.run = run }
    }

    func write<Result: Sendable>(_ body: @escaping @Sendable (LedgerSession) throws -> Result) async throws -> Result {
        var tried = 0
        while true {
            let (store, run, number) = state.withLock { state in
                state.number += 1
                return (state.store, state.run, state.number)
            }
            guard let run else { return try await store.write(body) }
            switch try await store.attempt(number, of: run, body) {
            case .done(let result):
                noteCommitted(number)
                return result
            case .lost(let loss, let result):
                tried += 1
                let isCommitted = try await settle(loss, number, of: run, &tried)
                if let result, isCommitted {
                    noteCommitted(number)
                    return result
                }
            }
        }
    }

    /// Connects anew, and finds out whether a transaction whose connection was lost was committed after all.
    private func settle(
        _ loss: PostgreSQLStore.Loss,
        _ number: Int64,
        of run: Int64,
        _ tried: inout Int
    ) async throws -> Bool {
        while true {
            guard tried < Self.tries else { throw loss.error }
            let next = try await reconnect(after: loss)
            do {
                return try await wasCommitted(number, of: run, next)
            } catch let error as LedgerError where error.isServerAway {
                tried += 1
            }
        }
    }

    private func noteCommitted(_ number: Int64) {
        state.withLock { $0.committed = number }
    }

    /// Whether a transaction is on the server that came back.
    ///
    /// - Throws: `LedgerError.forgetful` where one is missing that had been committed before, as on a standby that took
    ///   over without it: then intents are lost, and nothing may leave. That goes for everybody who works on the ledger.
    private func wasCommitted(_ number: Int64, of run: Int64, _ store: PostgreSQLStore) async throws -> Bool {
        // The old session may be in the middle of its COMMIT still: it has the worker's row until that is done.
        guard let last = try await store.write({ try WorkerRecord.lastWrite(of: run, $0) }) else {
            throw LedgerError.takenOver(path: server.name)
        }
        if last == number { return true }
        guard let committed = state.withLock({ $0.committed }), last != committed else { return false }
        try await store.write { try WorkerRecord.endAll($0) }
        throw LedgerError.forgetful(path: server.name)
    }

    func writeNow<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try state.withLock { $0.store }.writeNow(body)
    }

    func read<Result>(_ body: (LedgerSession) throws -> Result) throws -> Result {
        try state.withLock { $0.store }.read(body)
    }

    /// Tries until the server is back and the lock is this run's again.
    private func reconnect(after loss: PostgreSQLStore.Loss) async throws -> PostgreSQLStore {
        let begin = ContinuousClock.now
        var pause = Duration.milliseconds(100)
        var isTold = false
        while true {
            do {
                let store = try await connect(after: loss)
                state.withLock { $0.store = store }
                if isTold { opening.onOutage(.ended(after: ContinuousClock.now - begin)) }
                return store
            } catch let error as LedgerError where error.mayPass && ContinuousClock.now + pause < begin + Self.patience
            {
                // One that is back at once is nothing to tell.
                if !isTold { opening.onOutage(.began(why: "\(error)", patience: Self.patience)) }
                isTold = true
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(2))
            }
        }
    }

    private func connect(after loss: PostgreSQLStore.Loss) async throws -> PostgreSQLStore {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [server, opening] in
                continuation.resume(
                    with: .init {
                        let store = try PostgreSQLStore(server)
                        // Where only the network was cut, the server may not know, and keep the lock for the old one.
                        try store.end(loss.session)
                        try PostgreSQLOpening.takeLockAgain(store, server, opening)
                        return store
                    }
                )
            }
        }
    }
}

extension LedgerError {
    /// Whether a server may soon do what it does not do now.
    fileprivate var mayPass: Bool {
        switch self {
        case .unreachable, .connectionLost, .inUse: true
        default: false
        }
    }
}
