/// How things stand at a gate at one moment.
package struct GateReading: Sendable, Equatable {
    /// What keeps calls from leaving faster.
    package enum Limit: Sendable, Equatable {
        /// Nobody waits.
        case nothing
        /// The rate in force.
        case rate
        /// As many calls are out as may be.
        case concurrency
        /// The API asked to be left alone, or refuses calls, for so long still.
        case hold(Duration)
        /// The API has been away: it is left alone for so long still, then tried with one call at a time.
        case outage(Duration)
        /// Somebody asked for it.
        case paused
    }

    package let limit: Limit
    /// The rate in force, in calls a second; endless where there is none.
    package let callsPerSecond: Double
    /// The rate that was given, in calls a second; endless where there is none.
    package let ceiling: Double
    /// Calls served through the last ten seconds, in calls a second.
    package let servedPerSecond: Double
    /// Calls that are out.
    package let inFlight: Int
    /// Calls that may be out at a time.
    package let concurrency: Int
}
