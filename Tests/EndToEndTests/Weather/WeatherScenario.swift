import Simulator

/// One simulator, one input, the runs over it, and the weather they meet.
struct WeatherScenario: Sendable {
    /// A change of the weather.
    struct Turn: Sendable {
        /// Seconds after the first call.
        var second: Double
        var change: @Sendable (inout SimulatorBehaviour) -> Void
    }

    var sheet: Sheet
    var behaviour = SimulatorBehaviour()
    /// The flags of each run, one after another.
    var runs: [[String]]
    /// Seconds from one run's end to the start of the next.
    var rest = 0.0
    var forecast: [Turn] = []
    /// Seconds after the first call between which the simulator does not listen at all.
    var closing: Range<Double>?
    /// When the run has gone on for long enough; nil lets it come to its own end.
    var isEnough: (@Sendable (World) -> Bool)?

    /// A scenario with latencies of a good day and no limits.
    ///
    /// - Parameters:
    ///   - rows: How many rows the input has.
    ///   - plaid: Plaid's rate as the run is told it, a minute.
    ///   - bond: Bond's.
    ///   - flags: What else the run is told.
    init(rows: Int, plaid: Int, bond: Int, _ flags: String...) {
        sheet = Sheet(rows)
        let rates = ["--plaid-rate", "\(plaid)/min", "--bond-rate", "\(bond)/min"]
        runs = [["run", "in.csv", "--json", "--quiet", "--settle", "2s"] + rates + flags]
        behaviour.plaidLimit = nil
        behaviour.bondLimit = nil
        behaviour.plaidLatency = 0.03...0.08
        behaviour.bondLatency = 0.03...0.08
    }
}
