package import Domain
import Synchronization

/// Plaid and Bond as a test has them: what they are to answer, what they were asked, and the links that came of it.
package final class World: Sendable {
    /// A POST as Bond saw it.
    package struct Post: Sendable, Equatable {
        package let owner: Owner
        package let account: String
        package let token: String
        package let idempotencyKey: String?
    }

    struct State {
        var plaidPlans: [String: [PlaidScript]] = [:]
        var bondPlans: [String: [BondScript]] = [:]
        var listPlans: [String: [ListScript]] = [:]
        var tokens: [String: String] = [:]
        var mints: [String] = []
        var posts: [Post] = []
        var lists: [String] = []
        var links: [MadeLink] = []
        var inFlight: [Owner: Int] = [:]
        var worstInFlight = 0
        var faults: [String] = []
        var made = 0
        var spent: Set<String> = []
        var sessions: [String: [LinkSession]] = [:]
        var items: [String: (reading: ItemReading, accounts: [PlaidAccount])] = [:]
        var removals = RemovalState()
        var plaidOutage: (span: Range<Duration>, answer: PlaidScript)?
        var bondOutage: (span: Range<Duration>, status: Int)?
    }

    package let clock: VirtualClock
    /// Bond's clock minus this machine's.
    package let bondOffset: Duration
    /// How long a link stays out of the list.
    package let listDelay: Duration
    private let plaidDefault: PlaidScript?
    private let bondDefault: BondScript?
    private let state = Mutex(State())

    /// Makes a world; without a default, a call that is not planned is a fault.
    package init(
        plaid: PlaidScript? = .token,
        bond: BondScript? = .link,
        clock: VirtualClock = VirtualClock(),
        bondOffset: Duration = .zero,
        listDelay: Duration = .zero
    ) {
        plaidDefault = plaid
        bondDefault = bond
        self.clock = clock
        self.bondOffset = bondOffset
        self.listDelay = listDelay
    }

    package var bondNow: Timestamp { clock.now + bondOffset }

    /// The accounts Plaid was asked about, in order.
    package var mints: [String] { state.withLock { $0.mints } }
    package var posts: [Post] { state.withLock { $0.posts } }
    /// The accounts Bond was asked to link, in order.
    package var posted: [String] { posts.map(\.account) }
    /// The owners whose links were listed, in order.
    package var lists: [String] { state.withLock { $0.lists } }
    package var links: [MadeLink] { state.withLock { $0.links } }
    /// The most POSTs that were out for one owner at a time.
    package var worstInFlight: Int { state.withLock { $0.worstInFlight } }
    /// What must not have happened, in sentences.
    package var faults: [String] { state.withLock { $0.faults } }

    /// Owner and account of each pair with more than one link that is not removed.
    package var doubleLinks: [String] {
        let ours = links.filter { !$0.isRemoved && $0.account != nil }
        return Dictionary(grouping: ours) { "\($0.owner.key)/\($0.account ?? "")" }.filter { $0.value.count > 1 }.keys
            .sorted()
    }

    package func plan(plaid account: String, _ answers: PlaidScript...) {
        state.withLock { $0.plaidPlans[account, default: []] += answers }
    }

    package func plan(bond account: String, _ answers: BondScript...) {
        state.withLock { $0.bondPlans[account, default: []] += answers }
    }

    package func plan(list owner: String, _ answers: ListScript...) {
        state.withLock { $0.listPlans[owner, default: []] += answers }
    }

    /// Has Plaid give this answer to everybody for a span of the clock's time, whatever is planned.
    package func planOutage(of plaid: PlaidScript, during span: Range<Duration>) {
        state.withLock { $0.plaidOutage = (span, plaid) }
    }

    /// Makes Bond answer every POST and every list with one status for a time.
    package func planOutage(ofBond status: Int, during span: Range<Duration>) {
        state.withLock { $0.bondOutage = (span, status) }
    }

    /// Forgets what is planned and has not been asked for.
    package func clearPlans() {
        state.withLock { state in
            state.plaidPlans = [:]
            state.bondPlans = [:]
            state.listPlans = [:]
        }
    }

    /// Puts a link there that no call of the test made.
    package func add(_ link: MadeLink) {
        state.withLock { $0.links.append(link) }
    }

    /// Changes the links that are there.
    package func changeLinks(_ change: @Sendable (inout MadeLink) -> Void) {
        state.withLock { state in
            for at in state.links.indices { change(&state.links[at]) }
        }
    }

    var removalState: RemovalState { state.withLock { $0.removals } }

    func changeRemovals<Result: Sendable>(_ change: @Sendable (inout RemovalState) -> Result) -> Result {
        state.withLock { change(&$0.removals) }
    }

    package func note(fault: String) {
        state.withLock { $0.faults.append(fault) }
    }

    /// Puts an Item at Plaid: what it answers, and its accounts.
    package func put(item token: String, _ reading: ItemReading, accounts: [PlaidAccount] = []) {
        state.withLock { $0.items[token] = (reading, accounts) }
    }

    /// Ends a session of Link for every link token that is made for a user from now on, whose id is `user`.
    package func put(session outcome: LinkSession.Outcome, for user: String) {
        state.withLock { $0.sessions[user] = [LinkSession(id: "session-\(user)", outcome: outcome)] }
    }

    /// The sessions of a link token, whose name has its user in it.
    func sessions(of linkToken: String) -> [LinkSession] {
        state.withLock { state in
            state.sessions.first { linkToken.contains("link/\($0.key)") }?.value ?? []
        }
    }

    func item(_ token: String) -> (reading: ItemReading, accounts: [PlaidAccount]) {
        state.withLock { $0.items[token] } ?? (ItemReading(itemID: "item-\(token)"), [])
    }

    /// A public token works once; a second time it is a fault of whoever asks.
    func spend(_ publicToken: String) {
        state.withLock { state in
            if !state.spent.insert(publicToken).inserted { state.faults.append("second exchange of \(publicToken)") }
        }
    }

    func plaidAnswer(_ account: String) -> PlaidScript {
        let now = clock.uptime
        let answer = state.withLock { state -> PlaidScript? in
            state.mints.append(account)
            if let outage = state.plaidOutage, outage.span.contains(now) { return outage.answer }
            return Self.next(&state.plaidPlans, account) ?? plaidDefault
        }
        if answer == nil { note(fault: "unplanned mint of \(account)") }
        return answer ?? .neverSent
    }

    /// Makes a token as Plaid does.
    package func makeToken(_ account: String) -> String {
        state.withLock { state in
            state.made += 1
            let token = "processor-sandbox-\(state.made)-\(account)"
            state.tokens[token] = account
            return token
        }
    }

    func bondAnswer(_ token: String, _ owner: Owner, _ key: String?) -> (account: String, answer: BondScript) {
        let now = clock.uptime
        let (account, answer) = state.withLock { state -> (String, BondScript?) in
            let account = state.tokens[token] ?? "unknown"
            state.posts.append(Post(owner: owner, account: account, token: token, idempotencyKey: key))
            state.inFlight[owner, default: 0] += 1
            state.worstInFlight = max(state.worstInFlight, state.inFlight[owner, default: 0])
            if let outage = state.bondOutage, outage.span.contains(now) {
                return (account, .refuse(status: outage.status))
            }
            return (account, Self.next(&state.bondPlans, account) ?? bondDefault)
        }
        if account == "unknown" { note(fault: "POST of a token that Plaid never made: \(token)") }
        if answer == nil { note(fault: "unplanned POST of \(account)") }
        return (account, answer ?? .neverSent)
    }

    func postEnded(_ owner: Owner) {
        state.withLock { $0.inFlight[owner, default: 0] -= 1 }
    }

    func makeLink(_ owner: Owner, _ account: String) -> MadeLink {
        let now = bondNow
        return state.withLock { state in
            let link = MadeLink(
                id: "link-\(state.links.count + 1)-\(account)",
                owner: owner,
                account: account,
                created: now,
                visibleFrom: now + listDelay
            )
            state.links.append(link)
            return link
        }
    }

    func listAnswer(_ owner: Owner) -> ListScript {
        let now = clock.uptime
        return state.withLock { state in
            state.lists.append(owner.id)
            if let outage = state.bondOutage, outage.span.contains(now) { return .refuse(status: outage.status) }
            return Self.next(&state.listPlans, owner.id) ?? .links
        }
    }

    func shownLinks(of owner: Owner) -> [MadeLink] {
        let now = bondNow
        return links.filter { $0.owner == owner && !$0.isHidden && $0.visibleFrom <= now }
    }

    private static func next<Answer>(_ plans: inout [String: [Answer]], _ name: String) -> Answer? {
        guard var plan = plans[name], !plan.isEmpty else { return nil }
        defer { plans[name] = plan }
        return plan.removeFirst()
    }
}
