package import Domain

/// What a run over an input would do.
package struct Plan: Sendable {
    /// Rows of one owner from which that is worth a warning: they are posted one after the other.
    package static let crowd = 100

    /// How long the calls take at one kind of rates.
    package struct Forecast: Sendable, Equatable {
        /// The rate of each API, in calls a second, when the run begins; nothing where there is none.
        package var rates: [API: Double] = [:]
        /// How long the run takes; nothing where no rate limits it.
        package var duration: Duration?
        /// Which API's rate decides.
        package var bottleneck: API?

        package init() {}
    }

    package var environment = DeploymentEnvironment.sandbox
    /// The ledger's absolute path.
    package var ledger = ""
    /// Whether there is a ledger.
    package var hasLedger = false
    package var madeAt: Timestamp
    package var input = ValidationTally()
    /// Valid rows by what a run would do with them.
    package var work: [Foresight.Work: Int] = [:]
    /// Valid rows by their state in the ledger; those it does not know are not among them.
    package var states: [RowState: Int] = [:]
    /// Valid rows that the ledger does not know.
    package var unknown = 0
    /// Rows that `--limit` or `--sample` leave for later.
    package var left = 0
    package var mayBeRenumbered = 0
    /// Rows whose public token is exchanged first.
    package var exchanges = 0
    package var crowds = HeavyHitters<Owner>(capacity: 1_000)
    /// Rows of the whole ledger that are in doubt.
    package var inDoubt = 0
    /// Owners of such rows: each costs a list.
    package var ownersInDoubt = 0
    package var orphanTokens = 0
    /// By the rates that were given.
    package var given = Forecast()
    /// By what earlier runs learned; nothing where they learned nothing.
    package var learned: Forecast?
    /// The command that carries it out; nothing where there is nothing to do.
    package var next: String?

    package init(madeAt: Timestamp) {
        self.madeAt = madeAt
    }

    /// Counts a valid row.
    package mutating func note(_ row: InputRow, _ foresight: Foresight, isLeft: Bool) {
        input.note(row)
        if let state = foresight.state { states[state, default: 0] += 1 } else { unknown += 1 }
        if foresight.mayBeRenumbered { mayBeRenumbered += 1 }
        guard foresight.work != .skip else {
            work[.skip, default: 0] += 1
            return
        }
        guard !isLeft else {
            left += 1
            return
        }
        work[foresight.work, default: 0] += 1
        if foresight.exchanges { exchanges += 1 }
        crowds.note(row.identity.owner)
    }

    /// Whether a run would call anybody.
    package var hasWork: Bool { calls.values.contains { $0 > 0 } }

    /// The calls to each API, where nothing has to be sent again.
    package var calls: [API: Int] {
        let (mint, post) = (work[.mintAndPost, default: 0], work[.post, default: 0])
        // The newest link's owner is listed once to prove that lists can be believed.
        let lists = ownersInDoubt > 0 ? ownersInDoubt + 1 : 0
        return [.plaid: mint + exchanges + work[.ask, default: 0], .bond: mint + post + lists]
    }

    /// Rows that would be tried.
    var tried: Int { Foresight.Work.allCases.filter { $0 != .skip }.reduce(0) { $0 + work[$1, default: 0] } }
}
