package import Domain
import Synchronization

/// The run's counts, and why it stops; everybody writes here.
package final class RunBoard: Sendable {
    private struct State {
        var rows = RunSummary.Rows()
        var intake = Intake()
        var doubts: DoubtRound?
        var calls: [API: RunSummary.Calls] = [:]
        var recovered = 0
        var stop: RunStop?
        var outcomes: [RowState: Int] = [:]
        var lately = OutcomeWindow()
        var started = 0
        var reach: [API: Reach] = [:]
    }

    /// How far the input has been taken in.
    package struct Intake: Sendable, Equatable {
        /// Rows that have been taken in; those that a sample leaves out are not among them.
        package var taken = 0
        /// How many of them are to be tried.
        package var toTry = 0
        /// Rows that a sample leaves out.
        package var leftOut = 0
    }

    /// A round through the owners who have a row in doubt.
    package struct DoubtRound: Sendable, Equatable {
        package let owners: Int
        /// How many of them have been asked about.
        package var asked = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Why the run stops, if it does.
    package var stop: RunStop? { state.withLock { $0.stop } }
    package var rows: RunSummary.Rows { state.withLock { $0.rows } }
    package var calls: [API: RunSummary.Calls] { state.withLock { $0.calls } }
    package var recovered: Int { state.withLock { $0.recovered } }
    package var intake: Intake { state.withLock { $0.intake } }
    /// The round that is going on; nothing while no doubts are being settled.
    package var doubts: DoubtRound? { state.withLock { $0.doubts } }
    /// What the rows that were attempted came to; one that was in doubt first may be counted once more.
    package var outcomes: [RowState: Int] { state.withLock { $0.outcomes } }

    /// Changes the counts of rows that are taken in.
    func countTaken(_ change: @Sendable (inout Intake) -> Void) {
        state.withLock { change(&$0.intake) }
    }

    /// Takes note that a round through so many owners begins, or with nothing that it has ended.
    func noteDoubts(_ owners: Int?) {
        state.withLock { $0.doubts = owners.map { DoubtRound(owners: $0) } }
    }

    /// Counts an owner of the round that is going on.
    func countAsked() {
        state.withLock { $0.doubts?.asked += 1 }
    }

    /// Changes the counts of rows.
    func count(_ change: @Sendable (inout RunSummary.Rows) -> Void) {
        state.withLock { change(&$0.rows) }
    }

    /// Counts a row as started, unless `limit` rows have been.
    func start(limit: Int?) -> Bool {
        state.withLock { state in
            if let limit, state.started >= limit { return false }
            state.started += 1
            return true
        }
    }

    /// Takes a row back that was started and put off.
    func unstart() {
        state.withLock { $0.started -= 1 }
    }

    func countRecovered() {
        state.withLock { $0.recovered += 1 }
    }

    /// Why an API that was called has not been reached even once; nothing where it has, or was not called.
    package func unreached(_ api: API) -> String? {
        state.withLock { state in state.reach[api].flatMap { $0.wasReached ? nil : $0.why } }
    }

    /// Counts a call that left.
    func count<Value>(_ call: RemoteCall<Value>, to api: API) {
        state.withLock { state in
            state.reach[api, default: Reach()].note(call)
            switch call.reply {
            case .neverSent: break
            case .success: state.calls[api, default: .init()].ok += 1
            case .refusal(let refusal) where refusal.status == 429: state.calls[api, default: .init()].rateLimited += 1
            default: state.calls[api, default: .init()].failed += 1
            }
        }
    }

    /// Takes note of a reason to stop; the gravest of several stays.
    ///
    /// Says whether the run was going on until now.
    package func note(_ stop: RunStop) -> Bool {
        state.withLock { state in
            let isFirst = state.stop == nil
            if isFirst || stop.rank < (state.stop?.rank ?? .max) { state.stop = stop }
            return isFirst
        }
    }

    /// Takes note of a row's outcome and gives the share of bad ones among the last 200, from 50 outcomes on.
    func noteOutcome(_ outcome: RowState) -> Double? {
        state.withLock { state in
            state.outcomes[outcome, default: 0] += 1
            return state.lately.note(isBad: [.rejected, .inDoubt, .retryable].contains(outcome))
        }
    }
}

/// Whether an API can be reached at all.
struct Reach {
    private(set) var wasReached = false
    private(set) var why: String?

    mutating func note<Value>(_ call: RemoteCall<Value>) {
        guard case .neverSent(let why) = call.reply else {
            wasReached = true
            return
        }
        self.why = why
    }
}

/// The last 200 outcomes.
struct OutcomeWindow {
    private var bad: [Bool] = []
    private var next = 0

    /// Adds one and gives the share of bad ones, once there are 50.
    mutating func note(isBad: Bool) -> Double? {
        if bad.count < 200 { bad.append(isBad) } else { bad[next] = isBad }
        next = (next + 1) % 200
        guard bad.count >= 50 else { return nil }
        return Double(bad.count(where: \.self)) / Double(bad.count)
    }
}
