import Domain
import Pacing
import Pipeline
import Reports

/// A run that is going on, for whoever watches or steers it.
struct LiveRun: Sendable {
    let runID: String
    let board: RunBoard
    let control: RunControl
    let gates: [Domain.API: CallGate]
    let meter: InputMeter
    let clock: PacingClock
    /// The rows that are attempted at most.
    let limit: Int?
    /// The clock's time when the run began.
    let start: Duration
    private let trend = ProgressTrend()

    init(
        runID: String,
        board: RunBoard,
        control: RunControl,
        gates: [Domain.API: CallGate],
        meter: InputMeter,
        clock: PacingClock,
        limit: Int?
    ) {
        (self.runID, self.board, self.control, self.gates) = (runID, board, control, gates)
        (self.meter, self.clock, self.limit) = (meter, clock, limit)
        start = clock.uptime()
    }

    /// How far it is, in words.
    func text() async -> ProgressText {
        let now = await progress()
        return ProgressText(now, since: trend.note(now))
    }

    private func progress() async -> RunProgress {
        var progress = RunProgress(elapsed: clock.uptime() - start)
        (progress.rows, progress.calls, progress.recovered) = (board.rows, board.calls, board.recovered)
        progress.outcomes = board.outcomes
        let intake = board.intake
        (progress.taken, progress.toTry, progress.leftOut) = (intake.taken, intake.toTry, intake.leftOut)
        progress.doubts = board.doubts.map { RunProgress.DoubtRound(owners: $0.owners, asked: $0.asked) }
        (progress.limit, progress.isStopping) = (limit, board.stop != nil)
        if let total = meter.total { (progress.total, progress.isTotalExact) = (total.rows, total.isExact) }
        for (api, gate) in gates { progress.gates[api] = RunProgress.Gate(gate.reading) }
        return progress
    }
}

extension RunProgress.Gate {
    fileprivate init(_ reading: GateReading) {
        self.init(
            limit: Limit(reading.limit),
            callsPerSecond: reading.callsPerSecond,
            ceiling: reading.ceiling,
            servedPerSecond: reading.servedPerSecond,
            inFlight: reading.inFlight,
            concurrency: reading.concurrency
        )
    }
}

extension RunProgress.Gate.Limit {
    fileprivate init(_ limit: GateReading.Limit) {
        switch limit {
        case .nothing: self = .nothing
        case .rate: self = .rate
        case .concurrency: self = .concurrency
        case .hold(let rest): self = .hold(rest)
        case .outage(let rest): self = .outage(rest)
        case .paused: self = .paused
        }
    }
}
