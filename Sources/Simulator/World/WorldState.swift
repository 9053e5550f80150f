import FoundationEssentials

/// Everything the simulator remembers; effects change it in one place, whether they happen now or are replayed.
struct WorldState: Sendable {
    var behaviour: SimulatorBehaviour {
        didSet {
            if (behaviour.limiter, behaviour.limitPeriod) != (oldValue.limiter, oldValue.limitPeriod) { limiters = [:] }
        }
    }
    var journal: Journal?

    private(set) var tokens: [String: MintedToken] = [:]
    private(set) var links: [Link] = []
    private var linkIndex: [String: Int] = [:]
    private var linksByOwner: [String: [Int]] = [:]
    private var tokensByRequest: [String: String] = [:]
    private var items: [Fingerprint: ItemState] = [:]

    private(set) var linkTokens: [String: LinkTokenRecord] = [:]
    private(set) var publicTokens: [String: PublicToken] = [:]
    var webhooks: [Webhook] = []
    var postedTokens: Set<String> = []
    var windows: [String: SlidingWindow] = [:]
    private var limiters: [String: any Limiter] = [:]
    var tallies: [API: Tally] = [:]
    var log: [CallRecord] = []
    var answersGiven: [String: Int] = [:]
    var rulesUsed: [Int: Int] = [:]
    var draws: [String: UInt64] = [:]

    init(behaviour: SimulatorBehaviour) {
        self.behaviour = behaviour
    }

    /// Lets a call pass a limit, or gives the seconds it has to wait.
    ///
    /// A call that meets no limit is counted all the same: a limit may come into force after it.
    mutating func pass(_ scope: String, limit: Int?, at now: Date) -> Double? {
        var limiter =
            limiters.removeValue(forKey: scope) ?? behaviour.limiter.makeLimiter(period: behaviour.limitPeriod)
        defer { limiters[scope] = limiter }
        if let limit, let wait = limiter.wait(limit: behaviour.perPeriod(limit), at: now) { return wait }
        limiter.add(now)
        return nil
    }

    /// Writes the effect down, then lets it happen.
    mutating func record(_ effect: Effect) throws {
        try journal?.append(effect)
        apply(effect)
    }

    mutating func apply(_ effect: Effect) {
        switch effect {
        case .minted(let token):
            tokens[token.token] = token
            tokensByRequest[WorldState.request(token.origin, token.accountID, token.processor)] = token.token
            items[token.origin, default: ItemState()].name(token.accountID)
        case .linked(let link):
            linkIndex[link.id] = links.count
            linksByOwner[link.owner, default: []].append(links.count)
            links.append(link)
            if let token = link.processorToken { postedTokens.insert(token) }
        case .removed(let id, let date):
            guard let index = linkIndex[id] else { return }
            links[index].removed = date
            links[index].status = "removed"
        case .linkToken(let token):
            linkTokens[token.token] = token
        case .publicToken(let token):
            publicTokens[token.token] = token
        case .item(let origin, let state):
            items[origin] = state
        }
    }

    /// What has happened to the Item of an access token.
    func item(_ origin: Fingerprint) -> ItemState {
        items[origin] ?? ItemState()
    }

    func link(_ id: String) -> Link? {
        linkIndex[id].map { links[$0] }
    }

    func links(of owner: String) -> [Link] {
        linksByOwner[owner, default: []].map { links[$0] }
    }

    var tokensRepeated: Int { tokens.count - tokensByRequest.count }

    func hasActiveTwin(of link: Link) -> Bool {
        links(of: link.owner).contains { $0.accountID == link.accountID && $0.isActive }
    }

    func token(for origin: Fingerprint, _ accountID: String, _ processor: String) -> MintedToken? {
        tokensByRequest[WorldState.request(origin, accountID, processor)].flatMap { tokens[$0] }
    }

    private static func request(_ origin: Fingerprint, _ accountID: String, _ processor: String) -> String {
        "\(origin.value)|\(processor)|\(accountID)"
    }
}
