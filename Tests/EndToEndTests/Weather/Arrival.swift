import Simulator

import enum Simulator.Operation

/// One call as the simulator's log has it, at its second since the scenario's first call.
struct Arrival: Sendable {
    var api: API
    var second: Double
    /// The HTTP status of its answer; 0 where the connection was reset.
    var status: Int
    var operation: Operation?
    /// The Plaid account it was about, where the call got as far as naming one.
    var account: String?

    var isServed: Bool { (200...299).contains(status) }
    var isRefused: Bool { status == 429 }
}
