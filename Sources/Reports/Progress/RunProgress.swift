package import Domain

/// How far a run is at one moment.
package struct RunProgress: Sendable, Equatable {
    /// How things stand at the door to one API.
    package struct Gate: Sendable, Equatable {
        /// What keeps calls from leaving faster.
        package enum Limit: Sendable, Equatable {
            case nothing
            case rate
            case concurrency
            /// The API is left alone for so long still, because it asked for it or refuses calls.
            case hold(Duration)
            /// The API is away, and is tried again after so long.
            case outage(Duration)
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

        package init(
            limit: Limit,
            callsPerSecond: Double,
            ceiling: Double,
            servedPerSecond: Double,
            inFlight: Int,
            concurrency: Int
        ) {
            self.limit = limit
            self.callsPerSecond = callsPerSecond
            self.ceiling = ceiling
            self.servedPerSecond = servedPerSecond
            self.inFlight = inFlight
            self.concurrency = concurrency
        }
    }

    package var rows = RunSummary.Rows()
    /// Rows of the input that have been taken in; most of those to be tried wait still.
    package var taken = 0
    /// Those of them that are to be tried.
    package var toTry = 0
    package var calls: [API: RunSummary.Calls] = [:]
    package var gates: [API: Gate] = [:]
    /// What the rows that were attempted came to.
    package var outcomes: [RowState: Int] = [:]
    /// Rows that were found linked by listing.
    package var recovered = 0
    /// Time since the run began.
    package var elapsed: Duration
    /// The rows of the whole input; nothing where that cannot be told, as of standard input.
    package var total: Int?
    /// Whether `total` is known and not estimated from the size of the files.
    package var isTotalExact = false

    package init(elapsed: Duration) {
        self.elapsed = elapsed
    }

    /// The rows of the input that are done with.
    var done: Int { rows.read }
    /// The rows that are still to come.
    var remaining: Int? { total.map { max(0, $0 - done) } }
}
