package import FoundationEssentials

/// What the simulator takes from outside: the time and fresh identifiers, so that tests can hand in their own.
package struct SimulatorEnvironment: Sendable {
    /// The time now.
    package var now: @Sendable () -> Date
    /// A fresh identifier, never given before.
    package var makeID: @Sendable () -> UUID

    /// Puts an environment together.
    package init(now: @escaping @Sendable () -> Date, makeID: @escaping @Sendable () -> UUID = { UUID() }) {
        self.now = now
        self.makeID = makeID
    }

    /// The machine's clock and random identifiers.
    package static let live = SimulatorEnvironment(now: { Date.now })

    func makeText() -> String { makeID().uuidString.lowercased() }

    /// Fifteen characters, as most of Plaid's `request_id` have.
    func makeRequestID() -> String { Fingerprint(makeText()).identifier(count: 15) }
}
