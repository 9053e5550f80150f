import Pacing
import TestSupport

/// Several workers at one API, each with a gate, a clock and a way to what they share of its own.
struct Crew: Sendable {
    /// A call that left.
    struct Send: Sendable {
        let worker: Int
        /// The true time.
        let at: Duration
    }

    /// What the API answers a worker's call that comes in now.
    typealias Answer = @Sendable (_ worker: Int, _ at: Duration) -> CallGate.Feedback

    let manual = ManualClock()
    let keeper = MemoryClimate()
    let gates: [CallGate]
    let log = EventLog<Send>()
    private let clocks: [PacingClock]
    /// How long a call takes.
    private let latency: Duration
    private let callers: Int

    /// Makes workers whose clocks began at any time, and whose exchanges take from 1 to 50 ms.
    init(
        _ rates: [Rate],
        latency: Duration = .milliseconds(150),
        callers: Int = 24,
        knee: Double? = nil,
        isAlone: Bool = false,
        trips: ClosedRange<Double> = 1...50,
        stream: UInt64
    ) {
        var random = SeededGenerator(stream: stream)
        var (clocks, gates) = ([PacingClock](), [CallGate]())
        for (number, rate) in rates.enumerated() {
            let start = Duration.seconds(100_000 * random.unit())
            let clock = PacingClock(
                uptime: { [manual] in start + manual.now.sinceStart },
                sleep: { [manual] in try await manual.sleep(until: manual.now.advanced(by: $0)) }
            )
            let epoch = Duration.seconds(1_790_000_000)
            let line = MemoryLine(to: keeper, manual, epoch: epoch, latency: trips, stream * 100 + UInt64(number))
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
        (self.clocks, self.gates, self.latency, self.callers) = (clocks, gates, latency, callers)
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
        try await withTaskExecutorPreference(OneThread(moving: manual)) { try await body() }
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
                for _ in 0..<callers { group.addTask { try await call(worker, answer) } }
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

    /// The shortest time in which one call more left than may in `window`, less that time; none where it is none too short.
    func excess(over limit: Int, in window: Duration) -> Duration {
        zip(sends, sends.dropFirst(limit)).map { window - ($1 - $0) }.max() ?? .zero - window
    }

    /// The part of the rate that was used from some time to another.
    func use(of rate: Rate, _ span: Range<Duration>) -> Double {
        let seconds = (span.upperBound - span.lowerBound) / .seconds(1)
        return Double(sends.count { span.contains($0) }) / seconds / rate.callsPerSecond
    }
}
