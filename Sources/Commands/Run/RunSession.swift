import Domain
import Intake
import Ledger
import Pacing
import Pipeline

/// One run from opening its ledger to its summary.
struct RunSession<Source: RowSource>: Sendable {
    /// What the rows may be made with, where they are not read from files.
    struct Work: Sendable {
        let tools: RunTools
        let board: RunBoard
        let control: RunControl
        let ledger: LedgerWriter
    }

    let wiring: Wiring
    /// How much of the input has been read.
    let meter: InputMeter
    /// How many rows there have to be.
    let minimum: RowMinimum
    let path: LedgerPlace
    let invocation: Invocation
    let mayCreate: Bool
    let isQuiet: Bool
    /// What the ledger calls the run.
    var kind = LedgerOpening.Kind.run
    /// Whether other workers may work on the ledger at the same time, where a server keeps it.
    var sharesLedger = false
    /// The rows.
    let source: @Sendable (Work) -> Source
    /// What is to be done once the rows have been tried.
    var afterwards: @Sendable (Work) async throws -> Void = { _ in }

    /// Runs, and sums up whatever happened once the ledger was to be opened.
    ///
    /// - Throws: `CommandFailure` 66 when there is no ledger and none may be made, 65 when the input turns unusable.
    func perform() async throws -> RunSummary {
        let askedAt = Surroundings.now()
        var startedAt = askedAt
        var runID = Surroundings.makeRunID(at: startedAt)
        tellStart()
        let ledger: LedgerWriter
        do {
            ledger = try await LockWait.open(wiring.deployment.waitLock) {
                startedAt = Surroundings.now()
                runID = Surroundings.makeRunID(at: startedAt)
                return opening(runID, startedAt)
            }
        } catch let error as LedgerError {
            return try await summaryWithoutLedger(error, runID, startedAt)
        }
        var summary = try await CommandFailure.translating { try await perform(ledger, runID, startedAt) }
        summary.waited = startedAt.since(askedAt)
        return summary
    }

    /// Something is to be seen at once, whatever takes its time then.
    private func tellStart() {
        guard !isQuiet else { return }
        let rates = Domain.API.allCases.compactMap { api in
            wiring.schedules[api].map { "\(api.name) \(Self.words($0))" }
        }
        Console.tell(
            "relink: \(wiring.deployment.environment.rawValue), ledger \(path); calls at most: "
                + "\(rates.joined(separator: ", ")).",
            event: .runStarted,
            [("environment", wiring.deployment.environment.rawValue), ("ledger", path.description)]
        )
    }

    /// A rate by the minute, in whatever unit it was given, so that those of both APIs can be compared.
    private static func words(_ schedule: RateSchedule) -> String {
        let rate = schedule.rate(at: 0).callsPerSecond * 60
        guard schedule.isConstant, rate.isFinite, rate < 1e9 else { return schedule.description }
        return rate.rounded() == rate ? "\(Int(rate))/min" : schedule.description
    }

    private func perform(_ ledger: LedgerWriter, _ runID: String, _ startedAt: Timestamp) async throws -> RunSummary {
        let board = RunBoard()
        var failure: (any Error)?
        try await wiring.withTools(ledger: ledger) { tools in
            let handoff = Handoff(capacity: wiring.settings.concurrency * 2)
            let control = RunControl(
                board: board,
                gates: [tools.plaidGate, tools.bondGate],
                rooms: [handoff],
                sleepers: wiring.sleepers
            )
            let run = Run(tools: tools, board: board, handoff: handoff, control: control)
            let live = LiveRun(
                runID: runID,
                board: board,
                control: control,
                gates: [.plaid: tools.plaidGate, .bond: tools.bondGate],
                meter: meter,
                clock: tools.clock,
                limit: wiring.settings.limit
            )
            let work = Work(tools: tools, board: board, control: control, ledger: ledger)
            do {
                try await watching(live) {
                    try await tools.sharingRates { try await run.perform(source(work)) }
                }
                if ledger.failure == nil { try await afterwards(work) }
            } catch {
                failure = error
            }
        }
        // What was done until then is summed up, and the row in whose line the input broke off is none of it.
        if let failure = failure as? IntakeError { _ = board.note(.unusableInput("\(failure)")) }
        let summary = await summary(ledger, board, runID, startedAt)
        if let failure, board.stop == nil { throw failure }
        return summary
    }

    /// Runs `body` while signals, orders, the time of day and a terminal are attended to.
    private func watching(_ live: LiveRun, _ body: () async throws -> Void) async throws {
        try await Interruption.watching(live.control, giveUp: wiring.giveUp) {
            try await RateClock(schedules: wiring.schedules, gates: live.gates).keeping {
                try await ControlServer(socket: ControlSocket(ledger: path), desk: ControlDesk(run: live)).listening {
                    try await ProgressWatch(run: live, isQuiet: isQuiet).showing(body)
                }
            }
        }
    }

    /// Sums up, and notes in the ledger how the run ended; a ledger that cannot be written is why, then.
    private func summary(
        _ ledger: LedgerWriter,
        _ board: RunBoard,
        _ runID: String,
        _ startedAt: Timestamp
    ) async -> RunSummary {
        // A run too short to be ended by it says so all the same: nothing else is wrong with its rows.
        for api in API.allCases {
            if let why = board.unreached(api) { _ = board.note(.unavailable("\(api.name) cannot be reached: \(why)")) }
        }
        noteShortage(board)
        do {
            var states = try await ledger.statesOfInput()
            states[.invalid] = board.rows.invalid
            var summary = summary(board, verdict(ledger, board, states), runID, startedAt)
            let totals = try await ledger.totals()
            (summary.states, summary.orphanTokens) = (totals.states, totals.orphanTokens)
            summary.next =
                NextCommand(
                    invocation: invocation,
                    summary: summary,
                    states: states,
                    doubtCodes: totals.doubtCodes
                ).text
            try await ledger.finish(summary)
            return summary
        } catch {
            _ = board.note(.unwritable("\(error)"))
            return summary(board, verdict(ledger, board, [:]), runID, startedAt)
        }
    }

    /// Says so where the input had no rows, and takes note where it had too few; one that was not read whole may have more.
    private func noteShortage(_ board: RunBoard) {
        guard board.stop == nil else { return }
        if let shortage = minimum.shortage(rows: board.rows.read) { _ = board.note(.unusableInput(shortage)) }
        guard kind == .run, board.rows.read == 0, minimum.least == nil else { return }
        Console.tell("relink: the input has no rows. Where that is a mistake, --min-rows makes it one: exit 65.")
    }

    /// The verdict; a ledger that failed in the middle means what it would have meant at the start.
    private func verdict(_ ledger: LedgerWriter, _ board: RunBoard, _ states: [RowState: Int]) -> RunVerdict {
        if case .unwritable = board.stop, let error = ledger.failure, let verdict = Self.verdict(error) {
            return verdict
        }
        return RunVerdict(stop: board.stop, states: states)
    }

    /// What a ledger that cannot be used comes to; nothing where there is nothing to sum up.
    private static func verdict(_ error: LedgerError) -> RunVerdict? {
        let failure = CommandFailure(error)
        let outcome: RunOutcome
        switch CommandFailure.Code(rawValue: failure.exitCode) {
        case .tryLater: outcome = error.isServerAway ? .unavailable : .locked
        case .misconfigured: outcome = .misconfigured
        case .cannotCreate, .cannotWrite: outcome = .unwritable
        default: return nil
        }
        return RunVerdict(outcome: outcome, exitCode: failure.exitCode)
    }

    private func summary(
        _ board: RunBoard,
        _ verdict: RunVerdict,
        _ runID: String,
        _ startedAt: Timestamp
    ) -> RunSummary {
        var summary = RunSummary(
            runID: runID,
            verdict: verdict,
            startedAt: startedAt,
            finishedAt: Surroundings.now(),
            ledger: path.description
        )
        summary.rows = board.rows
        summary.calls = board.calls
        summary.ratesGiven = wiring.ratesGiven
        summary.recovered = board.recovered
        summary.stop = board.stop
        if verdict.exitCode != 0 { summary.next = invocation.shareable.command }
        return summary
    }

    /// The summary of a run that could not begin.
    private func summaryWithoutLedger(
        _ error: LedgerError,
        _ runID: String,
        _ startedAt: Timestamp
    ) async throws -> RunSummary {
        guard let verdict = Self.verdict(error) else { throw CommandFailure(error) }
        Console.tell("relink: \(error)")
        let board = RunBoard()
        var summary = summary(board, verdict, runID, startedAt)
        if case .damaged = error { summary.next = invocation.command(["doctor"], keeping: ["--ledger", "--config"]) }
        if let totals = try? LedgerReader(path).overview().totals {
            (summary.states, summary.orphanTokens) = (totals.states, totals.orphanTokens)
        }
        return summary
    }

    private func opening(_ runID: String, _ startedAt: Timestamp) -> LedgerOpening {
        let deployment = wiring.deployment
        return LedgerOpening(
            kind: kind,
            place: path,
            environment: deployment.environment,
            plaidClientID: deployment.credentials.plaidClientID.exposed,
            keySource: deployment.keySource,
            credentials: deployment.credentials.byAPI,
            mayCreate: mayCreate,
            holder: Surroundings.holder(at: startedAt),
            runID: runID,
            command: invocation.shareable.command,
            startedAt: startedAt,
            callTimeout: wiring.settings.callTimeout,
            lease: sharesLedger ? wiring.settings.lease : nil,
            onOutage: Console.tell
        )
    }
}
