/// What crash tests counted.
struct CrashFigures: Sendable {
    /// Programs killed.
    var kills = 0
    /// Rows of the inputs.
    var rows = 0
    /// Rows that a kill left with a POST out.
    var doubts = 0
    /// The most of them after one kill.
    var worstDoubts = 0
    /// The most calls that could be in flight at that kill.
    var inFlight = 0
    /// Kills that left more rows with a POST out than calls could be in flight.
    var overruns = 0
    /// Mints whose replies were lost: cut off by a kill, or by a fault of the simulator's.
    var repliesLost = 0
    /// Processor tokens that were made and not used.
    var orphans = 0
    /// The same as the summaries counted them.
    var orphansCounted = 0
    /// Accounts linked more than once.
    var doubles = 0
    /// Rows without a link, or whose link the ledger does not know.
    var lost = 0
    /// Ledgers that were run to the end after their last kill.
    var ledgers = 0
    /// How many of them one run brought to the end, and the next one then sent no POST.
    var settled = 0

    static func += (sum: inout CrashFigures, more: CrashFigures) {
        sum.kills += more.kills
        sum.rows += more.rows
        sum.doubts += more.doubts
        if more.worstDoubts >= sum.worstDoubts { (sum.worstDoubts, sum.inFlight) = (more.worstDoubts, more.inFlight) }
        sum.overruns += more.overruns
        sum.repliesLost += more.repliesLost
        sum.orphans += more.orphans
        sum.orphansCounted += more.orphansCounted
        sum.doubles += more.doubles
        sum.lost += more.lost
        sum.ledgers += more.ledgers
        sum.settled += more.settled
    }

    /// Takes one kill's aftermath in.
    mutating func note(_ aftermath: Aftermath) {
        kills += 1
        doubts += aftermath.posting
        overruns += aftermath.posting > aftermath.inFlight ? 1 : 0
        repliesLost += aftermath.mintsOut
        if aftermath.posting >= worstDoubts { (worstDoubts, inFlight) = (aftermath.posting, aftermath.inFlight) }
    }

    /// The names of the columns.
    static let head = [
        "what", "kills", "rows", "doubts", "worst", "of calls", "over", "replies lost", "orphans", "counted", "double",
        "lost", "ledgers", "settled",
    ]

    /// The figures as a line of the table.
    func line(_ name: String) -> [String] {
        let numbers = [
            kills, rows, doubts, worstDoubts, inFlight, overruns, repliesLost, orphans, orphansCounted, doubles, lost,
            ledgers,
            settled,
        ]
        return [name] + numbers.map(String.init)
    }
}
