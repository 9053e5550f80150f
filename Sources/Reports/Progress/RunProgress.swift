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

    /// A round through the owners who have a row in doubt.
    package struct DoubtRound: Sendable, Equatable {
        package let owners: Int
        /// How many of them have been asked about.
        package let asked: Int

        package init(owners: Int, asked: Int) {
            self.owners = owners
            self.asked = asked
        }
    }

    package var rows = RunSummary.Rows()
    /// Rows of the input that have been taken in; most of those to be tried wait still.
    package var taken = 0
    /// Those of them that are to be tried.
    package var toTry = 0
    /// Rows that a sample leaves out; they are not among those taken in.
    package var leftOut = 0
    /// The rows that are attempted at most; nothing where there is no limit.
    package var limit: Int?
    /// What is being settled; nothing while no doubts are.
    package var doubts: DoubtRound?
    /// Whether the run has been stopped: nothing new starts.
    package var isStopping = false
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

    /// The rows of the input that are done with; those that this run leaves for a later one are not among them.
    var done: Int { rows.read - rows.unreached }

    /// The rows that this run will be done with; nothing where that cannot be told.
    var goal: (rows: Int, isExact: Bool)? {
        let whole = total.map { (rows: withoutLeft($0), isExact: isTotalExact) }
        guard let limited, limited.rows < whole?.rows ?? .max else { return whole }
        return limited
    }

    /// The rows that are still to come.
    var remaining: Int? { goal.map { max(0, $0.rows - done) } }

    /// Of so many rows, those that neither a sample nor want of room leaves for a later run.
    private func withoutLeft(_ total: Int) -> Int {
        let sampled = leftOut > 0 ? Double(total) * Double(taken) / Double(taken + leftOut) : Double(total)
        // What a stop has left was to be done.
        let putAside = isStopping ? 0 : max(0, rows.unreached - leftOut)
        return max(done, Int(sampled.rounded()) - putAside)
    }

    /// The rows that come before the limit is reached: those read so far, and as many skipped ones among the rest.
    private var limited: (rows: Int, isExact: Bool)? {
        guard let limit, toTry > 0 else { return nil }
        let beyond = Double(max(0, limit - toTry)) * Double(taken) / Double(toTry)
        return (done - rows.attempted + min(limit, toTry) + Int(beyond.rounded(.up)), limit <= toTry)
    }
}
