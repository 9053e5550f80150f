package import FoundationEssentials
import Synchronization

extension World {
    /// Who a link belongs to.
    struct Owner: Sendable {
        let id: String
        let isBusiness: Bool
    }

    /// Makes a processor token; throws a ``PlaidProblem`` where the Item's state forbids it.
    func mint(accessToken: String, accountID: String, processor: String) throws -> String {
        let origin = Fingerprint(accessToken)
        let fresh = MintedToken(
            token: "processor-sandbox-" + environment.makeText(),
            accountID: accountID,
            processor: processor,
            origin: origin,
            bondAnswer: MagicToken(accessToken).bond
        )
        return try state.withLock { state in
            try PlaidItem(accessToken, state.item(origin)).checkMint(of: accountID)
            if state.behaviour.mintPolicy == .sameToken, let known = state.token(for: origin, accountID, processor) {
                return known.token
            }
            try state.record(.minted(token: fresh))
            return fresh.token
        }
    }

    /// The account that a token stands for.
    func accountID(named processorToken: String?) -> String? {
        guard let processorToken else { return nil }
        return state.withLock { $0.tokens[processorToken]?.accountID }
    }

    /// The token, now marked as posted; nil where it was never minted for Bond.
    func receive(processorToken: String) -> MintedToken? {
        state.withLock { state in
            guard let token = state.tokens[processorToken], token.processor == "bond",
                !state.item(token.origin).isRemoved
            else { return nil }
            state.postedTokens.insert(processorToken)
            return token
        }
    }

    /// Makes a link; nil where the duplicate policy forbids a second one.
    func link(_ token: MintedToken, to owner: Owner, statuses: Statuses, isListed: Bool) throws -> Link? {
        let link = Link(
            id: environment.makeText(),
            owner: owner.id,
            isBusiness: owner.isBusiness,
            accountID: token.accountID,
            processorToken: token.token,
            created: bondNow,
            verificationStatus: statuses.verification,
            status: statuses.status,
            isListed: isListed
        )
        return try state.withLock { state in
            if state.behaviour.duplicatePolicy == .duplicateAccount, state.hasActiveTwin(of: link) { return nil }
            try state.record(.linked(link: link))
            return link
        }
    }

    /// Puts a link into the world that no call made, as if it had been there before.
    @discardableResult
    package func plant(owner: String, accountID: String? = nil, created: Date) throws -> Link {
        let id = environment.makeText()
        let link = Link(
            id: id,
            owner: owner.lowercased(),
            isBusiness: false,
            accountID: accountID ?? "planted-" + id,
            processorToken: nil,
            created: created,
            verificationStatus: "instantly_verified",
            status: "active",
            isListed: true
        )
        try state.withLock { try $0.record(.linked(link: link)) }
        return link
    }

    /// The links that a list shows now.
    func listedLinks(of owner: String) -> [Link] {
        let now = bondNow
        return state.withLock { state in
            state.links(of: owner).filter { link in
                if link.processorToken == nil { return true }
                let age = now.timeIntervalSince(link.created)
                return link.isListed && state.behaviour.listsLinks && age >= state.behaviour.listingDelay
            }
        }
    }

    /// Removes a link softly; nil where there is none, or none any more.
    func remove(_ id: String) throws -> Link? {
        let now = bondNow
        return try state.withLock { state in
            guard let link = state.link(id), link.isActive else { return nil }
            try state.record(.removed(id: id, at: now))
            return state.link(id)
        }
    }

    /// The two statuses a link begins with.
    struct Statuses: Sendable {
        var status: String? = "active"
        var verification: String? = "instantly_verified"
    }
}
