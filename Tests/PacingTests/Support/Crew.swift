import Pacing
import TestSupport
import Testing

/// Several workers at one API, each with a gate, a clock and a way to what they share of its own.
struct Crew: Sendable {
    /// A call that left.
    struct Send: Sendable {
        let worker: Int
        /// The true time.
        let at: Duration
    }

    /// What the API answers a worker's call that left at a time.
    typealias Answer = @Sendable (_ worker: Int, _ at: Duration) -> CallGate.Feedback

    let manual: ManualClock
    let keeper: MemoryClimate
    /// One for all who are on the clock: two would move it at once.
    private let thread: OneThread
    let gates: [CallGate]
    let log = EventLog<Send>()
    private let clocks: [PacingClock]
    /// How long a call takes.
    private let latency: Duration
    /// How many calls a worker would have out at a time.
    private static let callers = 24

    /// Makes workers whose clocks began at any time, and whose exchanges take from 1 to 50 ms.
    ///
    /// - Parameters:
    ///   - rates: The ceiling of each.
    ///   - latency: How long a call takes.
    ///   - knee: What an earlier run learned.
    ///   - isAlone: Whether a worker takes itself for the only one.
    ///   - earlier: Who has been at work on the same ledger before.
    ///   - epoch: What the keeper's clock shows at the beginning.
    ///   - stall: When no worker gets a turn.
    ///   - stream: Which random numbers.
    init(
        _ rates: [Rate],
        latency: Duration = .milliseconds(150),
        knee: Double? = nil,
        isAlone: Bool = false,
        after earlier: Crew? = nil,
        epoch: Duration = .seconds(1_790_000_000),
        stall: Range<Duration> = .zero ..< .zero,
        stream: UInt64
    ) {
        let (manual, keeper) = (earlier?.manual ?? ManualClock(), earlier?.keeper ?? MemoryClimate())
        var random = SeededGenerator(stream: stream)
        var (clocks, gates) = ([PacingClock](), [CallGate]())
        for (number, rate) in rates.enumerated() {
            let clock = Self.clock(manual, startedAt: .seconds(100_000 * random.unit()), stall)
            let line = MemoryLine(to: keeper, manual, epoch: epoch, latency: 1...50, stream * 100 + UInt64(number))
            clocks.append(clock)
            gates.append(
                CallGate(
                    rate: rate,
                    knee: knee,
                    concurrency: 32,
                    clock: clock,
                    shared: line,
                    isAlone: isAlone
                ) { 0.5 }
            )
        }
        (self.manual, self.keeper) = (manual, keeper)
        thread = earlier?.thread ?? OneThread(moving: manual)
        (self.clocks, self.gates, self.latency) = (clocks, gates, latency)
    }

    private static func clock(
        _ manual: ManualClock,
        startedAt start: Duration,
        _ stall: Range<Duration>
    ) -> PacingClock {
        PacingClock(
            uptime: { start + manual.now.sinceStart },
            sleep: { duration in
                let end = manual.now.sinceStart + duration
                let waking = stall.contains(end) ? stall.upperBound : end
                try await manual.sleep(until: ManualClock.Instant(sinceStart: waking))
            }
        )
    }

    /// The same rate for each of so many workers.
    init(_ count: Int, at rate: Rate, latency: Duration = .milliseconds(150), stream: UInt64) {
        self.init(Array(repeating: rate, count: count), latency: latency, stream: stream)
    }

    var now: Duration { manual.now.sinceStart }

    /// The calls that left, in order.
    var sends: [Duration] { log.events.map(\.at).sorted() }

    /// Runs `body` with every task of the crew on one thread.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withTaskExecutorPreference(thread) { try await body() }
    }

    /// Has these workers call as fast as they may until some time.
    func work(_ workers: Range<Int>, until end: Duration, answer: @escaping Answer = { _, _ in .served }) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for worker in workers {
                group.addTask { try await work(worker, until: end, answer) }
            }
        }
    }

    /// Sleeps until a time.
    func wait(until time: Duration) async throws {
        try await manual.sleep(until: ManualClock.Instant(sinceStart: time))
    }

    /// Has one worker call as fast as it may until some time.
    func work(_ worker: Int, until end: Duration, _ answer: @escaping Answer) async throws {
        let gate = gates[worker]
        try await gate.keeping {
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 0..<Self.callers { group.addTask { try await call(worker, answer) } }
                try await wait(until: end)
                gate.close()
            }
        }
    }

    private func call(_ worker: Int, _ answer: Answer) async throws {
        let gate = gates[worker]
        do {
            while true {
                try await gate.enter()
                log.append(Send(worker: worker, at: now))
                let feedback = answer(worker, now)
                try await clocks[worker].sleep(latency)
                gate.heed(feedback)
                gate.free()
            }
        } catch is CallGate.Closed {}
    }

    /// Expects that no window as long as the rate's unit has seen more calls than the rate says.
    func expectKept(_ rate: Rate, _ location: SourceLocation = #_sourceLocation) {
        let (limit, span) = rate.window
        let tightest = zip(sends, sends.dropFirst(limit)).map { $1 - $0 }.min()
        #expect(tightest.map { $0 >= span } ?? true, "\(SeededGenerator())", sourceLocation: location)
    }

    /// Which calls left in a span of time.
    func sends(in span: Range<Duration>, of workers: Range<Int>? = nil) -> [Duration] {
        log.events.filter { span.contains($0.at) && workers?.contains($0.worker) ?? true }.map(\.at).sorted()
    }

    /// The part of the rate that was used from some time to another.
    func use(of rate: Rate, _ span: Range<Duration>) -> Double {
        let seconds = (span.upperBound - span.lowerBound) / .seconds(1)
        return Double(sends.count { span.contains($0) }) / seconds / rate.callsPerSecond
    }
}

extension Rate {
    /// How many calls are allowed in which time.
    var window: (limit: Int, span: Duration) {
        if case .perMinute(let calls) = self { return (Int(calls), .seconds(60)) }
        return (Int(callsPerSecond), .seconds(1))
    }
}
