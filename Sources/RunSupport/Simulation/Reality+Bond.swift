import Domain
import Synchronization

extension Reality {
    /// Takes a POST; returns when the answer is there.
    func post(_ token: String, _ owner: Owner, into slot: AnswerSlot<BondAccount>) -> Duration {
        let identity = state.withLock { $0.tokens[token] } ?? Identity(owner: owner, accountID: "unknown")
        if identity.owner != owner { trace.fail("the token of \(identity.short) is posted for \(owner.id)") }
        let isThere = state.withLock { $0.bond.outage(at: clock.uptime) } != .unreachable
        let script = isThere ? bondScript(identity.accountID) : .neverSent
        if case .neverSent = script {
            slot.put(RemoteAnswer(reply: .neverSent(why: "no connection")))
            return .milliseconds(1)
        }
        if truth(of: identity).links > 0 { trace.fail("\(identity.short) is posted and linked already") }
        if underway(owner) > 0 { trace.fail("two POSTs of \(owner.id) are under way") }
        state.withLock { $0.underway[identity, default: 0] += 1 }
        let (up, down) = (draw(upTo: climate.up), draw(upTo: climate.up))
        let work = chance(percent: climate.slowness) ? draw(upTo: 40_000) : draw(upTo: climate.work)
        let isLate = mayBeLate(script) && chance(percent: 40)
        let (acting, answering) = schedule(up: up, work: work, isLate: isLate)
        clock.after(up) { [self] in
            arrive(identity, slot, script, acting: acting - up, answering: answering - up, isLate: isLate)
        }
        return answering + down
    }

    /// When the server acts and when it answers, from the sending on: never so late that the list could not show it
    /// in time.
    private func schedule(up: Duration, work: Duration, isLate: Bool) -> (acting: Duration, answering: Duration) {
        let latest = state.withLock { $0.callTimeout } + climate.settle - climate.listDelay - .seconds(1)
        let acting = max(up, min(up + work, latest))
        guard isLate else { return (acting, acting) }
        let spare = Int(min(climate.settle - climate.listDelay, .seconds(20)).wholeMilliseconds) - 5
        return (min(acting + draw(upTo: max(0, spare)), latest), acting)
    }

    private func arrive(
        _ identity: Identity,
        _ slot: AnswerSlot<BondAccount>,
        _ script: BondScript,
        acting: Duration,
        answering: Duration,
        isLate: Bool
    ) {
        judge.arrived(at: .bond)
        if let trouble = state.withLock({ $0.bond.receive(at: clock.uptime) }) {
            trace.note("bond \(identity.short): \(trouble)")
            slot.put(trouble.answer(of: .bond))
            state.withLock { $0.underway[identity, default: 0] -= 1 }
            return
        }
        if isLate { clock.after(answering) { slot.put(RemoteAnswer(reply: .lost(why: "reset"))) } }
        clock.after(acting) { [self] in
            let answer = act(script, identity)
            if !isLate { slot.put(answer) }
            state.withLock { $0.underway[identity, default: 0] -= 1 }
        }
    }

    private func act(_ script: BondScript, _ identity: Identity) -> RemoteAnswer<BondAccount> {
        switch script {
        case .link: return RemoteAnswer(reply: .success(makeLink(identity)), status: 201, date: bondDate)
        case .refuse(let status, let code, let message, let retryAfter):
            return refusal(status, code, message, retryAfter)
        case .lost(let made):
            if made { _ = makeLink(identity) }
            return RemoteAnswer(reply: .lost(why: "reset"))
        case .failAfterLinking(let status, let code):
            _ = makeLink(identity)
            return refusal(status, code, nil, nil)
        case .unusable(let made):
            if made { _ = makeLink(identity) }
            return RemoteAnswer(reply: .unusable(status: 200, why: "no id"), status: 200, date: bondDate)
        case .neverSent: return RemoteAnswer(reply: .neverSent(why: "no connection"))
        case .answerWith(let link):
            let described = Sample.bondAccount(link, created: bondDate.description)
            return RemoteAnswer(reply: .success(described), status: 201, date: bondDate)
        }
    }

    private func refusal(
        _ status: Int,
        _ code: String?,
        _ message: String?,
        _ retryAfter: Duration?
    ) -> RemoteAnswer<BondAccount> {
        let refusal = Refusal(api: .bond, status: status, code: code, message: message, retryAfter: retryAfter)
        return RemoteAnswer(reply: .refusal(refusal), status: status, date: bondDate)
    }

    private func makeLink(_ identity: Identity) -> BondAccount {
        let created = clock.now + climate.bondOffset
        let delay = draw(upTo: Int(climate.listDelay.wholeMilliseconds))
        let link = state.withLock { state in
            let link = MadeLink(
                id: "link-\(state.links.count + 1)",
                owner: identity.owner,
                account: identity.accountID,
                created: created,
                visibleFrom: created + delay,
                dateText: climate.cutsDates ? bondDate.description : nil
            )
            state.links.append(link)
            return link
        }
        trace.note("bond makes \(link.id) of \(identity.short)")
        if truth(of: identity).links > 1 { trace.fail("\(identity.short) is linked twice") }
        return link.described
    }

    /// Takes a request for an owner's links; returns when the answer is there.
    func list(_ owner: Owner, into slot: AnswerSlot<[BondAccount]>) -> Duration {
        let isThere = state.withLock { $0.bond.outage(at: clock.uptime) } != .unreachable
        let script = isThere ? listScript() : .lost
        guard isThere else {
            slot.put(RemoteAnswer(reply: .neverSent(why: "no connection")))
            return .milliseconds(1)
        }
        let (up, work, down) = (draw(upTo: climate.up), draw(upTo: 100), draw(upTo: climate.up))
        clock.after(up) { [self] in
            judge.arrived(at: .bond)
            if let trouble = state.withLock({ $0.bond.receive(at: clock.uptime) }) {
                return slot.put(trouble.answer(of: .bond))
            }
            clock.after(work) { [self] in slot.put(act(script, owner)) }
        }
        return up + work + down
    }

    private func act(_ script: ListScript, _ owner: Owner) -> RemoteAnswer<[BondAccount]> {
        let now = clock.now + climate.bondOffset
        let shown = climate.isBlind ? [] : links.filter { $0.owner == owner && !$0.isHidden && $0.visibleFrom <= now }
        switch script {
        case .links:
            return RemoteAnswer(reply: .success(shown.map(\.described)), status: 200, date: bondDate)
        case .refuse(let status, let code, let retryAfter):
            let refusal = Refusal(api: .bond, status: status, code: code, retryAfter: retryAfter)
            return RemoteAnswer(reply: .refusal(refusal), status: status, date: bondDate)
        case .lost: return RemoteAnswer(reply: .lost(why: "reset"))
        case .unusable: return RemoteAnswer(reply: .unusable(status: 200, why: "not JSON"), status: 200)
        }
    }

    private func underway(_ owner: Owner) -> Int {
        state.withLock { state in
            state.underway.reduce(0) { $0 + ($1.key.owner == owner ? $1.value : 0) }
        }
    }

    private func mayBeLate(_ script: BondScript) -> Bool {
        if case .lost = script { true } else { false }
    }

    private func bondScript(_ account: String) -> BondScript {
        let weather = state.withLock { $0.weather }
        if chance(percent: weather.setUpTrouble) { return draw([.badKeys, .notEnabled]) }
        if isSick("bond" + account, weather.sickness) { return draw([.badRow, .identity, .unknownOwner, .unknown]) }
        if climate.refusesOldTokens, chance(percent: weather.bondTrouble / 2) { return .tokenRefused }
        guard chance(percent: weather.bondTrouble) else { return .link }
        let owned = judge.anyOwnedLink
        return draw(
            [
                .lost(made: true), .lost(made: true), .lost(made: false), .unusable(made: true),
                .unusable(made: false), .failAfterLinking(status: 500), .refuse(status: 503), .refuse(status: 408),
                .failAfterLinking(status: 400, code: "account_data_err"), .neverSent, .neverSent, .rateLimit,
                .refuse(status: 429, retryAfter: .seconds(9)), .unknown, .identity,
                .refuse(status: 409, code: "duplicate_account"),
                .failAfterLinking(status: 409, code: "duplicate_account"),
            ] + (owned.map { [.answerWith(link: $0)] } ?? [])
        )
    }

    private func listScript() -> ListScript {
        guard chance(percent: state.withLock { $0.weather.listTrouble }) else {
            return climate.isBlind && chance(percent: 30) ? .refuse(status: 400, code: "query_params") : .links
        }
        return draw([.lost, .unusable, .refuse(status: 500), .refuse(status: 403), .refuse(status: 429)])
    }
}

extension Identity {
    /// Owner and account, for people.
    var short: String { "\(owner.id)/\(accountID)" }
}
