import Foundation
import Synchronization

/// The program while it runs.
final class Running: Sendable {
    /// Foundation has been seen to crash where two threads start a process at once.
    private static let turn = Mutex(())

    private let process: Process
    private let output: String
    private let errors: String
    private let exits: AsyncStream<Void>

    init(_ process: Process, output: String, errors: String) throws {
        self.process = process
        self.output = output
        self.errors = errors
        let (exits, end) = AsyncStream.makeStream(of: Void.self)
        self.exits = exits
        process.terminationHandler = { _ in end.finish() }
        try Self.turn.withLock { _ in try process.run() }
    }

    /// The process's number.
    var number: Int32 { process.processIdentifier }

    /// Sends a signal to this process and to no other.
    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Waits, without holding a thread, for the program to end.
    func end() async throws -> Tool.Outcome {
        for await _ in exits {}
        let wasSignalled = process.terminationReason == .uncaughtSignal
        return Tool.Outcome(
            exitCode: wasSignalled ? -1 : process.terminationStatus,
            signal: wasSignalled ? process.terminationStatus : nil,
            output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8)
        )
    }
}
