import Domain
import GRDB
import Pacing
import Synchronization

/// Watches a simulation at every step, and says what must not have happened.
final class Judge: Sendable {
    struct State {
        /// What the ledger said when it was last looked at.
        var rows: [Link.ID: LedgerRow] = [:]
        var ids: [Identity: Link.ID] = [:]
        var eye: DatabaseQueue?
        /// Where a row was before its intent.
        var origins: [Link.ID: String] = [:]
        /// Intents that are durable and whose POST has not left yet.
        var intents: [Link.ID: Int64] = [:]
        var tokensMade = 0
        var tokensWiped = 0
        /// What the ledger should say about orphans.
        var orphans = 0
        var watch = Watch()
    }

    /// What is watched during one run.
    struct Watch {
        var concurrency = Int.max
        var room = Int.max
        var pace: [API: Pace] = [:]
        var out: [API: Int] = [:]
        var sent: [API: Int] = [:]
        var posting: [Owner: Int] = [:]
        /// Rows minted by this run that have had no intent in it.
        var unposted: Set<Link.ID> = []
        var posts = 0
        var mints = 0
        /// Whether any call has come back.
        var hasAnswers: Set<API> = []
        /// Rows that were taken in, those that are none included.
        var taken = 0
        /// Until when a server has asked to be left alone, and when it did.
        var held: [API: (asked: Duration, until: Duration)] = [:]
        var tries = Tries()
        var breakers: [API: BreakerWatch] = [.plaid: BreakerWatch(), .bond: BreakerWatch()]
        /// Why the run stops, as its board says.
        var stop: @Sendable () -> RunStop? = { nil }
        /// When it was seen to stop.
        var stoppedAt: Duration?
    }

    let clock: SimulatedClock
    let trace: Trace
    let state = Mutex(State())

    init(clock: SimulatedClock, trace: Trace) {
        self.clock = clock
        self.trace = trace
    }

    /// POSTs and mints of the present run.
    var calls: (posts: Int, mints: Int) {
        state.withLock { ($0.watch.posts, $0.watch.mints) }
    }

    /// A link that a row owns.
    var anyOwnedLink: String? {
        state.withLock { state in state.rows.values.compactMap(\.linkedAccountID).min() }
    }

    /// Checks what holds; `what` is only made where it does not.
    func require(_ holds: Bool, _ what: @autoclosure () -> String) {
        if !holds { trace.fail(what()) }
    }

    // MARK: calls

    func callLeaves(_ api: API) {
        let (out, most, wrong) = state.withLock { state in
            state.watch.out[api, default: 0] += 1
            state.watch.pace[api]?.send(at: clock.uptime)
            // Wrong keys are to cost two calls and no more.
            let most = state.watch.hasAnswers.contains(api) ? state.watch.concurrency : 2
            return (
                state.watch.out[api, default: 0], min(most, state.watch.concurrency),
                state.watch.breakers[api]?.send(at: clock.uptime)
            )
        }
        if let wrong { trace.fail("\(api.name): \(wrong)") }
        require(out <= most, "\(out) calls to \(api.name) at a time, and \(most) are allowed")
    }

    func callReturned<Value>(_ api: API, _ reply: RemoteCall<Value>.Reply, of row: String? = nil) {
        state.withLock { state in
            state.watch.out[api, default: 0] -= 1
            state.watch.hasAnswers.insert(api)
            state.watch.breakers[api]?.note(reply.sign, of: row, at: clock.uptime)
            if case .neverSent = reply { return }
            state.watch.sent[api, default: 0] += 1
            guard case .refusal(let refusal) = reply, let wait = refusal.retryAfter else { return }
            let until = max(state.watch.held[api]?.until ?? .zero, clock.uptime + wait)
            state.watch.held[api] = (clock.uptime, until)
        }
    }

    func mintLeaves(_ identity: Identity) {
        let row = state.withLock { state in
            state.watch.mints += 1
            return state.ids[identity].flatMap { state.rows[$0] }
        }
        guard let row else { return trace.fail("a mint of \(identity.short), which the ledger does not know") }
        require(row.isMinting, "a mint of \(identity.short) that is not on record")
        require(!["linked", "in_doubt", "posting"].contains(row.state), "a mint of \(identity.short), \(row.state)")
        if let wrong = state.withLock({ $0.watch.tries.mint(identity) }) { trace.fail(wrong) }
    }

    /// A mint has come back.
    func mintReturned(_ identity: Identity, _ reply: RemoteCall<Secret>.Reply) {
        state.withLock { $0.watch.tries.note(identity, reply) }
    }

    func listLeaves() {
        admit(to: .bond)
    }

    func postLeaves(_ identity: Identity?, _ owner: Owner) {
        guard let identity else { return trace.fail("a token is posted that Plaid never made") }
        let (out, id, intent) = state.withLock { state in
            state.watch.posts += 1
            state.watch.posting[owner, default: 0] += 1
            let id = state.ids[identity]
            return (state.watch.posting[owner, default: 0], id, id.flatMap { state.intents.removeValue(forKey: $0) })
        }
        require(identity.owner == owner, "the token of \(identity.short) is posted for \(owner.id)")
        require(out == 1, "\(out) POSTs of \(owner.id) at a time")
        guard let id, let intent else { return trace.fail("a POST of \(identity.short) without an intent of its own") }
        let row = look(at: id)
        require(row?.state == "posting", "a POST of \(identity.short), \(row?.state ?? "unknown")")
        require(row?.intentAt == intent, "a POST of \(identity.short) whose intent is not durable")
    }

    func postReturned(_ owner: Owner) {
        state.withLock { $0.watch.posting[owner, default: 0] -= 1 }
    }

    // MARK: the other end

    func arrived(at api: API) {
        if let wrong = state.withLock({ $0.watch.pace[api]?.arrive(at: clock.uptime) }) {
            trace.fail("\(api.name): \(wrong)")
        }
    }

    func tokenMade(for identity: Identity) {
        state.withLock { $0.tokensMade += 1 }
    }

    /// The gate has let a call through.
    func admit(to api: API) {
        let now = clock.uptime
        let (wrongs, held, stoppedAt) = state.withLock { state in
            noteStop(&state.watch)
            let wrongs = [state.watch.pace[api]?.admit(at: now), state.watch.breakers[api]?.admit(at: now)]
            return (wrongs, state.watch.held[api], state.watch.stoppedAt)
        }
        for wrong in wrongs.compactMap(\.self) { trace.fail("\(api.name): \(wrong)") }
        if let held { require(now <= held.asked || now >= held.until, "\(api.name) is called while it is held") }
        if let stoppedAt { require(now <= stoppedAt, "\(api.name) is called after the run has stopped") }
    }

    /// Takes note of the run's stop, if there is one; after a limit, what is in work goes on.
    func noteStop(_ watch: inout Watch) {
        guard watch.stoppedAt == nil, let stop = watch.stop(), stop != .limit else { return }
        watch.stoppedAt = clock.uptime
    }
}
