import BondAPI
import Domain
import Ledger
import Logging
import Pacing
import Pipeline
import PlaidAPI
import Simulator
import Transport

/// Puts the concrete parts together; nothing else names them.
struct Wiring: Sendable {
    let deployment: Deployment
    let settings: RunSettings
    let plaidRate: RateSchedule
    let logger: Logger
    /// The calls that are out, to be given up when a stop must not wait for them any longer.
    private let openCalls = OpenCalls()
    /// Who waits in this command, to be woken when it is stopped.
    let sleepers = Sleepers(PacingClock(ContinuousClock()))

    /// The rate that was given for each API, in calls a second; nothing where there is no limit.
    var ratesGiven: [Domain.API: Double] {
        schedules.mapValues { $0.rate(at: Surroundings.secondOfDay()).callsPerSecond }.filter { $0.value.isFinite }
    }

    /// The rates that were given.
    var schedules: [Domain.API: RateSchedule] { [.plaid: plaidRate, .bond: deployment.bondRate] }

    /// Gives up the calls that are out; what was sent may have been processed.
    @Sendable func giveUp() {
        openCalls.giveUp()
    }

    /// Runs `body` with everything a run works with, and takes it down afterwards.
    func withTools<Result>(ledger: LedgerWriter, _ body: (RunTools) async throws -> Result) async throws -> Result {
        try await withEndpoints(ledger: ledger) { tools, _, _ in try await body(tools) }
    }

    /// Runs `body` with everything a run works with, the servers' addresses and a check for Plaid's webhooks, and takes
    /// it down afterwards.
    func withEndpoints<Result>(
        ledger: LedgerWriter,
        _ body: (RunTools, Endpoints, any WebhookCheck) async throws -> Result
    ) async throws -> Result {
        try await withEndpoints(ledger.place) { endpoints in
            try await withTransport(endpoints) { transport in
                let learned = settings.keepsRates ? try await ledger.learnedRates() : [:]
                let plaid = plaid(endpoints, transport)
                let webhooks = WebhookVerifier(plaid: plaid, now: { Surroundings.now() })
                return try await body(
                    tools(ledger, plaid, bond(endpoints, transport), learned, transport.executor),
                    endpoints,
                    webhooks
                )
            }
        }
    }

    /// Runs `body` with Bond alone, for a command that asks it a question; nothing is paced.
    ///
    /// - Parameters:
    ///   - ledger: The ledger's path, beside which a simulator in this process has its memory.
    ///   - body: Asks.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, and `CommandFailure` 78 where no call can be made at all.
    func withBond<Result>(
        ledger: LedgerPlace,
        _ body: (any BondCalls) async throws -> Result
    ) async throws -> Result {
        try await withEndpoints(ledger) { endpoints in
            try await withTransport(endpoints) { transport in try await body(bond(endpoints, transport)) }
        }
    }

    private func withEndpoints<Result>(
        _ ledger: LedgerPlace,
        _ body: (Endpoints) async throws -> Result
    ) async throws -> Result {
        if let endpoints = deployment.endpoints { return try await body(endpoints) }
        // The journal is the simulator's memory: tomorrow's run must find what today's has linked.
        let configuration = SimulatorConfiguration(
            journal: ledger.neighbour(".simulator.jsonl", in: Surroundings.workingFolder)
        )
        return try await withSimulator(configuration) { address in
            try await body(try Endpoints(.simulator, plaid: address.url, bond: address.url))
        }
    }

    private func withTransport<Result>(
        _ endpoints: Endpoints,
        _ body: (HTTPTransport) async throws -> Result
    ) async throws -> Result {
        var connections = deployment.transport
        // Connections are counted by host: two APIs at one address need room for both.
        if endpoints.plaid == endpoints.bond { connections.connections *= 2 }
        do {
            return try await HTTPTransport.withTransport(connections, openCalls: openCalls, body)
        } catch let error as TransportError {
            throw CommandFailure(.misconfigured, error.description)
        }
    }

    private func tools(
        _ ledger: LedgerWriter,
        _ plaid: PlaidClient,
        _ bond: BondClient,
        _ learned: [Domain.API: Double],
        _ executor: any TaskExecutor
    ) -> RunTools {
        let clock = sleepers.clock
        let now: @Sendable () -> Timestamp = { Surroundings.now() }
        let jitter: @Sendable () -> Double = { Surroundings.random() }
        return RunTools(
            ledger: ledger,
            plaid: plaid,
            bond: bond,
            plaidGate: gate(.plaid, knee: learned[.plaid], ledger, clock, jitter),
            bondGate: gate(.bond, knee: learned[.bond], ledger, clock, jitter),
            clock: clock,
            now: now,
            jitter: jitter,
            settings: settings,
            logger: logger,
            executor: executor
        )
    }

    private func plaid(_ endpoints: Endpoints, _ transport: HTTPTransport) -> PlaidClient {
        PlaidClient(
            transport: transport,
            baseURL: endpoints.plaid,
            clientID: deployment.credentials.plaidClientID.exposed,
            secret: deployment.credentials.plaidSecret,
            now: { Surroundings.now() }
        )
    }

    private func bond(_ endpoints: Endpoints, _ transport: HTTPTransport) -> BondClient {
        BondClient(
            transport: transport,
            baseURL: endpoints.bond,
            identity: deployment.credentials.bondIdentity,
            authorization: deployment.credentials.bondAuthorization,
            now: { Surroundings.now() }
        )
    }

    private func gate(
        _ api: Domain.API,
        knee: Double?,
        _ ledger: LedgerWriter,
        _ clock: PacingClock,
        _ jitter: @escaping @Sendable () -> Double
    ) -> CallGate {
        let schedule = api == .plaid ? plaidRate : deployment.bondRate
        return CallGate(
            rate: schedule.rate(at: Surroundings.secondOfDay()),
            knee: knee,
            concurrency: settings.concurrency,
            clock: clock,
            shared: ledger.climates.map { LedgerClimate(store: $0, api: api) },
            isAlone: ledger.beganAlone,
            jitter: jitter
        )
    }
}
