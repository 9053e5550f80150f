package import Domain
package import Pacing

/// A whole run: settles what is in doubt, takes the input through both stages, and settles what came into doubt.
package struct Run: Sendable {
    private let tools: RunTools
    private let board: RunBoard
    private let control: RunControl
    private let lanes = Lanes()
    private let putOff: PutOff
    private let streaks: RefusalStreaks
    private let elsewhere = Elsewhere()
    private let journey: Journey
    private let doubts: DoubtRounds
    private let rates: RateKeeper

    /// Makes a run; `board` and `control` are shared with whoever watches it or stops it.
    package init(tools: RunTools, board: RunBoard, handoff: Handoff, control: RunControl) {
        self.init(tools: tools, board: board, handoff: handoff, control: control, only: nil)
    }

    /// Makes a run that settles the doubts of some owners alone, of whom its rows are.
    init(tools: RunTools, board: RunBoard, handoff: Handoff, control: RunControl, only owners: Set<Owner>?) {
        self.tools = tools
        self.board = board
        self.control = control
        rates = RateKeeper(tools: tools)
        putOff = PutOff(limit: tools.settings.deferralLimit)
        streaks = RefusalStreaks(tools: tools, control: control)
        let minting = Minting(tools: tools, board: board, control: control, streaks: streaks, rates: rates)
        let posting = Posting(
            tools: tools,
            board: board,
            control: control,
            streaks: streaks,
            rates: rates,
            clockOffset: ClockOffset()
        )
        journey = Journey(
            tools: tools,
            board: board,
            control: control,
            lanes: lanes,
            handoff: handoff,
            exchanging: Exchanging(tools: tools, board: board, control: control, rates: rates),
            minting: minting,
            posting: posting,
            putOff: putOff
        )
        doubts = DoubtRounds(
            tools: tools,
            board: board,
            reconciler: Reconciler(tools: tools, board: board, control: control),
            lanes: lanes,
            only: owners
        )
    }

    /// Runs to the end of the input, or until something stops it; what happened is on the board and in the ledger.
    ///
    /// - Throws: What reading the input throws. What the ledger throws stops the run as `unwritable`.
    package func perform<Source: RowSource>(_ source: Source) async throws {
        try await withTaskExecutorPreference(tools.executor) { try await performAll(source) }
    }

    private func performAll<Source: RowSource>(_ source: Source) async throws {
        var reading: (any Error)?
        await withTaskGroup { group in
            group.addTask { await watchDeadline() }
            group.addTask { await guarded { try await tools.ledger.shared?.keepLease(now: tools.now) } }
            await guarded { try await doubts.settleOld() }
            reading = await work(through: source)
            await guarded { try await leftovers.finish() }
            await guarded { try await recordRefusals() }
            await guarded { try await rates.keep() }
            if tools.settings.sample != nil, board.rows.unreached > 0 { _ = board.note(.sampled) }
            group.cancelAll()
        }
        if let reading { throw reading }
    }

    private func watchDeadline() async {
        guard let maxDuration = tools.settings.maxDuration else { return }
        do {
            try await tools.clock.sleep(maxDuration)
            control.stop(.deadline)
        } catch {
            // The run ended first.
        }
    }

    /// Reads the input and sends each row on its way; returns what reading it threw.
    private func work<Source: RowSource>(through source: Source) async -> (any Error)? {
        let intake = RunIntake(tools: tools, board: board, putOff: putOff, elsewhere: elsewhere)
        let reader = ReadAhead(source) { [ledger = tools.ledger] batch in (batch, ledger.marked(batch.rows)) }
        let failure = await window(crowd: 8).run { start in
            var next = control.isGoing ? try await reader.next() : nil
            while let (batch, rows) = next {
                async let preparation: Void = reader.prepare()
                for item in try await intake.takeIn(batch, rows) where await !start(item) {
                    board.count { $0.unreached += 1 }
                }
                try await goOnElsewhere(start)
                try await preparation
                next = control.isGoing ? try await reader.next() : nil
            }
        }
        guard let fault = failure as? LedgerFault else { return failure }
        control.stop(.unwritable("\(fault.cause)"))
        return nil
    }

    /// Waits while too many rows are in other workers' hands, and starts those that come free.
    private func goOnElsewhere(_ start: (WorkItem) async -> Bool) async throws {
        while control.isGoing, elsewhere.count > Elsewhere.limit {
            let asked = elsewhere.take(Elsewhere.piece)
            let rows = try await regain(asked)
            for item in rows.elsewhere { elsewhere.keep(item) }
            for item in rows.blocked where !putOff.keep(item) { board.count { $0.unreached += 1 } }
            for item in rows.free where await !start(item) { board.count { $0.unreached += 1 } }
            guard rows.elsewhere.count == asked.count else { continue }
            // They may be waiting for what is provisional here.
            await guarded { try await streaks.finish() }
            try? await tools.clock.sleep(.milliseconds(50))
        }
    }

    private func regain(_ items: [WorkItem]) async throws -> Regaining.Rows {
        do {
            return try await Regaining(tools: tools, board: board).regain(items)
        } catch {
            for item in items { elsewhere.keep(item) }
            throw LedgerFault(cause: error)
        }
    }

    private var leftovers: Leftovers {
        Leftovers(
            tools: tools,
            board: board,
            control: control,
            lanes: lanes,
            putOff: putOff,
            elsewhere: elsewhere,
            doubts: doubts,
            streaks: streaks,
            window: window()
        )
    }

    /// The refusals that nothing has cleared up, unless it was refusals or the ledger that stopped the run.
    private func recordRefusals() async throws {
        if board.stop.map(\.rank) ?? .max > 1 { try await streaks.finish() }
    }

    private func window(crowd: Int = .max) -> RowWindow {
        RowWindow(
            width: tools.settings.window,
            crowd: crowd,
            journey: journey,
            putOff: putOff,
            board: board,
            control: control
        )
    }

    private func guarded(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is CallGate.Closed, is CancellationError {
            // Whoever closed the gate has said why.
        } catch {
            control.stop(.unwritable("\(error)"))
        }
    }
}
