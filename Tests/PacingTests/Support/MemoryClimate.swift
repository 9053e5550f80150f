import Foundation
import Pacing
import Synchronization
import TestSupport

/// A climate in memory, for several workers on a manual clock.
final class MemoryClimate: Sendable {
    private struct State {
        var climate: Climate?
        var isTaken = false
        var line: [CheckedContinuation<Void, Never>] = []
        var exchanges = 0
        var hasRestarted = false
        var forms: [String] = []
        var failure: (any Error)?
    }

    private let state = Mutex(State())

    var climate: Climate? { state.withLock { $0.climate } }
    var exchanges: Int { state.withLock { $0.exchanges } }

    /// Every climate that was kept, as it was written.
    var forms: [String] { state.withLock { $0.forms } }

    /// What the next one who asks is told, and what is left of the climate then.
    func restart(with climate: Climate?) {
        state.withLock { ($0.climate, $0.hasRestarted) = (climate, true) }
    }

    /// Every exchange from now on fails.
    func fail(_ error: any Error) {
        state.withLock { $0.failure = error }
    }

    fileprivate func take() async throws {
        if let failure = state.withLock({ $0.failure }) { throw failure }
        await withCheckedContinuation { turn in
            let isFree = state.withLock { state in
                if !state.isTaken {
                    state.isTaken = true
                    return true
                }
                state.line.append(turn)
                return false
            }
            if isFree { turn.resume() }
        }
    }

    fileprivate func free() {
        let next = state.withLock { state in
            state.isTaken = !state.line.isEmpty
            return state.line.isEmpty ? nil : state.line.removeFirst()
        }
        next?.resume()
    }

    fileprivate func read() -> (Climate?, hasRestarted: Bool) {
        state.withLock { ($0.climate, $0.hasRestarted) }
    }

    fileprivate func keep(_ climate: Climate?) throws {
        let form = try climate.map { try $0.written() }
        state.withLock { state in
            state.forms += form.map { [$0] } ?? []
            (state.climate, state.hasRestarted) = (climate, false)
            state.exchanges += 1
        }
    }
}

/// One worker's way to a climate in memory: there and back to read it, and there and back to change it.
final class MemoryLine: SharedClimate {
    private let keeper: MemoryClimate
    private let clock: ManualClock
    private let epoch: Duration
    private let latency: ClosedRange<Double>
    private let random: Mutex<SeededGenerator>

    /// Makes a line whose exchanges take from so many to so many milliseconds.
    init(
        to keeper: MemoryClimate,
        _ clock: ManualClock,
        epoch: Duration,
        latency: ClosedRange<Double>,
        _ stream: UInt64
    ) {
        (self.keeper, self.clock, self.epoch, self.latency) = (keeper, clock, epoch, latency)
        random = Mutex(SeededGenerator(stream: stream))
    }

    func exchange<Result: Sendable>(
        _ body: @escaping @Sendable (inout Climate?, KeeperTime) -> Result
    ) async throws -> Result {
        try await travel()
        let asked = time
        let result = try await change(asked, body)
        try await travel()
        return result
    }

    private func change<Result>(
        _ asked: Duration,
        _ body: (inout Climate?, KeeperTime) -> Result
    ) async throws -> Result {
        try await keeper.take()
        defer { keeper.free() }
        let now = time
        var (climate, hasRestarted) = keeper.read()
        try await travel()
        let result = body(&climate, KeeperTime(asked: asked, now: now, hasRestarted: hasRestarted))
        try await travel()
        try keeper.keep(climate)
        return result
    }

    private var time: Duration { epoch + clock.now.sinceStart }

    private func travel() async throws {
        let part = random.withLock { latency.lowerBound + (latency.upperBound - latency.lowerBound) * $0.unit() } / 4
        try await clock.sleep(until: clock.now.advanced(by: .milliseconds(part)))
    }
}

extension Climate {
    /// Reads what was written.
    init(reading text: String) throws {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        self = try decoder.decode(Self.self, from: Data(text.utf8))
    }

    /// Its written form.
    func written() throws -> String {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
