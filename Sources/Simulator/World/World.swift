import FoundationEssentials
import Synchronization

/// What both APIs know together; every verb is one step under one lock.
package final class World: Sendable {
    let environment: SimulatorEnvironment
    let seed: UInt64
    let scenario: Scenario
    let logCapacity: Int
    let webhookKey: WebhookKey
    /// The numbers of the webhooks that are to be sent.
    let outbox: AsyncStream<Int>
    let outboxInlet: AsyncStream<Int>.Continuation
    let state: Mutex<WorldState>

    init(_ configuration: SimulatorConfiguration, environment: SimulatorEnvironment) throws(SimulatorError) {
        try configuration.scenario.validate()
        try configuration.behaviour.validate()
        self.environment = environment
        seed = configuration.seed
        scenario = configuration.scenario
        webhookKey = WebhookKey(id: environment.makeText(), created: environment.now())
        (outbox, outboxInlet) = AsyncStream.makeStream(of: Int.self)
        logCapacity = max(1, configuration.logCapacity)
        var state = WorldState(behaviour: configuration.behaviour)
        if let path = configuration.journal {
            let (journal, effects) = try Journal.open(at: path)
            for effect in effects { state.apply(effect) }
            state.journal = journal
        }
        self.state = Mutex(state)
    }

    /// How it behaves now.
    package var behaviour: SimulatorBehaviour {
        state.withLock { $0.behaviour }
    }

    /// Every link ever made, the oldest first.
    package var links: [Link] {
        state.withLock { $0.links }
    }

    /// The calls the log still has, the oldest first.
    package var calls: [CallRecord] {
        state.withLock { Array($0.log.suffix(logCapacity)) }
    }

    /// Changes how it behaves, from now on.
    package func change(_ edit: (inout SimulatorBehaviour) throws -> Void) throws {
        try state.withLock { state in
            var behaviour = state.behaviour
            try edit(&behaviour)
            try behaviour.validate()
            state.behaviour = behaviour
        }
    }

    /// Forgets everything but its behaviour, and empties the journal.
    package func reset() throws {
        try state.withLock { state in
            let journal = state.journal
            try journal?.clear()
            state = WorldState(behaviour: state.behaviour)
            state.journal = journal
        }
    }

    var bondNow: Date { environment.now().addingTimeInterval(behaviour.clockOffset) }
}
