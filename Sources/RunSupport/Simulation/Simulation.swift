import Domain
import Ledger
import Logging
import Pacing
import Pipeline
import Synchronization
import TestSupport

/// A whole history of runs over one ledger, every part of which follows from its seed.
package struct Simulation: Sendable {
    /// What came of a simulation.
    package struct Result: Sendable {
        /// What it all followed from.
        package let seed: UInt64
        let end: SeededExecutor.End
        /// The first thing that must not have happened.
        package let fault: String?
        /// What came right before it.
        package let tail: [String]
        /// Everything that happened, a line each.
        package let lines: [String]

        /// Whether it came to its end, and nothing happened that must not.
        package var isSound: Bool { end == .finished && fault == nil }
    }

    private static let key = LedgerKeys.Source.plaidSecret(Secret("plaid-secret"))
    private static let mostRests = 8

    private let seed: UInt64
    private let path: String
    private let climate: Climate
    private let clock: SimulatedClock
    private let trace = Trace()
    private let judge: Judge
    private let reality: Reality
    private let executor: SeededExecutor

    /// Plays the history of one seed.
    ///
    /// - Parameter seed: What everything follows from.
    /// - Returns: What came of it.
    /// - Throws: `ScratchError`.
    package static func play(seed: UInt64) async throws -> Result {
        try await ScratchFolder.with(inMemory: true) { folder in
            let simulation = Simulation(seed: seed, path: folder.file("relink.sqlite"))
            return await simulation.play()
        }
    }

    private init(seed: UInt64, path: String) {
        self.seed = seed
        self.path = path
        var random = SeededGenerator(seed: seed, stream: 1)
        climate = Climate(&random)
        clock = SimulatedClock(trace: trace)
        judge = Judge(clock: clock, trace: trace)
        reality = Reality(
            climate: climate,
            random: SeededGenerator(seed: seed, stream: 2),
            clock: clock,
            trace: trace,
            judge: judge
        )
        executor = SeededExecutor(
            random: SeededGenerator(seed: seed, stream: 3),
            clock: clock,
            isOrderly: random.chance(percent: 20)
        )
    }

    private func play() async -> Result {
        let end = await executor.run {
            do {
                try await history()
            } catch {
                trace.fail("\(error)")
            }
        }
        if end != .finished { trace.fail("\(end)") }
        return Result(seed: seed, end: end, fault: trace.fault, tail: trace.tail, lines: trace.lines)
    }

    private func history() async throws {
        var random = SeededGenerator(seed: seed, stream: 4)
        var scenario = Scenario(SeededGenerator(seed: seed, stream: 5))
        trace.note("\(climate)")
        addStrangers(scenario.owners, &random)
        for number in 1...Int.random(in: 1...3, using: &random) {
            let plan = RunPlan(climate: climate, now: clock.uptime, &random)
            try await run(number, plan, scenario.rows, scenario.batches(all: false))
            scenario.change()
        }
        try await rest(scenario, &random)
    }

    /// Runs in fair weather until nothing changes any more.
    private func rest(_ scenario: Scenario, _ random: inout SeededGenerator) async throws {
        var scenario = scenario
        for number in 0..<Self.mostRests {
            let plan = RunPlan(resting: climate, &random)
            try await run(100 + number, plan, scenario.rows, scenario.batches(all: true))
            if judge.calls == (0, 0) { return judge.checkRest(scenario.rows, isBlind: climate.isBlind) }
        }
        trace.fail("no rest after \(Self.mostRests) runs in fair weather")
    }

    private func addStrangers(_ owners: [Owner], _ random: inout SeededGenerator) {
        for owner in owners where random.chance(percent: 15) {
            let created = clock.now + climate.bondOffset - .seconds(86_400)
            reality.add(MadeLink(id: "strange-\(owner.id)", owner: owner, account: nil, created: created))
        }
    }

    private func run(_ number: Int, _ plan: RunPlan, _ rows: [InputRow], _ batches: [RowBatch]) async throws {
        clock.advance(by: plan.pause)
        trace.note("run \(number): \(plan.fate), \(batches.map(\.rows.count)), \(plan.weather), \(gatesInWords(plan))")
        for row in rows { reality.register(row.credential.secret.exposed, of: row.identity.owner) }
        reality.set(plan.weather, plaid: plan.plaid, bond: plan.bond, callTimeout: plan.settings.callTimeout)
        let ledger = try open(number, plan)
        let room = plan.settings.concurrency * 2
        let life = Life(plan.fate, clock: clock, trace: trace)
        let board = RunBoard()
        try judge.beginRun(path, plan, room: room, stop: { board.stop })
        let given = batches.reduce(0) { $0 + $1.rows.count + $1.invalid.count }
        await perform(plan, ledger, life, board, Handoff(capacity: room), ArrayRows(batches: batches))
        trace.note("ended: \(board.rows), \(board.stop.map { "\($0)" } ?? "no stop"), \(life.steps) steps")
        if life.isDead {
            judge.sweep()
        } else {
            judge.endRun(board, given: given, hasDisk: life.hasDisk)
        }
        judge.compare(with: reality.links)
        // No stamp of the next run is to be the same as one of this.
        clock.advance(by: .milliseconds(1))
    }

    private func gatesInWords(_ plan: RunPlan) -> String {
        [API.plaid, .bond].compactMap { api in plan.rates[api].map { "\(api) \($0)" } }.joined(separator: ", ")
    }

    private func perform(
        _ plan: RunPlan,
        _ ledger: LedgerWriter,
        _ life: Life,
        _ board: RunBoard,
        _ handoff: Handoff,
        _ source: ArrayRows
    ) async {
        let sleepers = Sleepers(pacing(life))
        let gates = await gates(plan, ledger, sleepers.clock)
        let control = RunControl(board: board, gates: gates, rooms: [handoff], sleepers: sleepers)
        let tools = RunTools(
            ledger: WatchedLedger(base: ledger, reality: reality, life: life, executor: executor),
            plaid: SimulatedPlaid(reality: reality, life: life, callTimeout: plan.settings.callTimeout),
            bond: SimulatedBond(reality: reality, life: life, callTimeout: plan.settings.callTimeout),
            plaidGate: gates[0],
            bondGate: gates[1],
            clock: sleepers.clock,
            now: { clock.now },
            jitter: { reality.unit() },
            settings: plan.settings,
            logger: Logger(label: "simulation", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        await withDiscardingTaskGroup { group in
            group.addTask { if let stop = await life.end() { control.stop(stop) } }
            do {
                try await Run(tools: tools, board: board, handoff: handoff, control: control).perform(source)
            } catch {
                trace.fail("the run throws \(error)")
            }
            life.finish()
        }
    }

    /// The doors to both APIs, which begin with what earlier runs learned.
    private func gates(_ plan: RunPlan, _ ledger: LedgerWriter, _ clock: PacingClock) async -> [CallGate] {
        let learned = await learnedRates(ledger)
        return [API.plaid, .bond].map { api in
            CallGate(
                rate: plan.rates[api] ?? .unlimited,
                knee: learned[api],
                concurrency: plan.settings.concurrency,
                clock: clock,
                jitter: { reality.unit() }
            )
        }
    }

    private func learnedRates(_ ledger: LedgerWriter) async -> [API: Double] {
        do {
            return try await executor.outside { try await ledger.learnedRates() }
        } catch {
            trace.fail("\(error)")
            return [:]
        }
    }

    private func pacing(_ life: Life) -> PacingClock {
        PacingClock(
            uptime: { clock.uptime },
            sleep: { try await life.sleep($0 + reality.draw(upTo: climate.lateness)) }
        )
    }

    private func open(_ number: Int, _ plan: RunPlan) throws -> LedgerWriter {
        try LedgerWriter(
            Sample.opening(
                path,
                key: Self.key,
                runID: "run-\(number)",
                at: clock.now,
                callTimeout: plan.settings.callTimeout
            )
        )
    }
}
