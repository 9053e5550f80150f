import Domain
import Logging
import Pacing

/// One row's way through a run: its owner's lane, a token, the POST.
struct Journey: Sendable {
    let tools: RunTools
    let board: RunBoard
    let control: RunControl
    let lanes: Lanes
    let handoff: Handoff
    let exchanging: Exchanging
    let minting: Minting
    let posting: Posting
    let putOff: PutOff

    /// Takes the row as far as it goes in this run; a ledger that cannot be written stops the run.
    func run(_ item: WorkItem) async -> JourneyEnd {
        do {
            let end = try await inLane(item)
            log(item, end)
            return end
        } catch is CallGate.Closed, is Handoff.Closed, is CancellationError {
            return .unreached
        } catch {
            control.stop(.unwritable("\(error)"))
            return .unreached
        }
    }

    /// Rows that are not linked are worth a word where somebody wants to know more, the others where they want all.
    private func log(_ item: WorkItem, _ end: JourneyEnd) {
        let level = end == .settled(.linked) ? Logger.Level.debug : .info
        guard level >= tools.logger.logLevel else { return }
        var facts: Logger.Metadata = [
            "owner": "\(item.owner.id)", "account": "\(item.link.identity.accountID)", "end": "\(end.word)",
        ]
        if let reference = item.reference { facts["reference"] = "\(reference)" }
        if let code = end.code { facts["code"] = "\(code)" }
        tools.logger.log(level: level, "row", metadata: facts)
    }

    private func inLane(_ item: WorkItem) async throws -> JourneyEnd {
        guard await lanes.enter(item.owner) else {
            lanes.leave(item.owner)
            return .deferred
        }
        do {
            let end = try await steps(item)
            if end.isDoubted {
                putOff.keepDoubted(item)
                lanes.block(item.owner)
            }
            lanes.leave(item.owner)
            return end
        } catch {
            // What became of the row is not recorded: no other of its owner may be posted in this run.
            lanes.block(item.owner)
            lanes.leave(item.owner)
            throw error
        }
    }

    private func steps(_ item: WorkItem) async throws -> JourneyEnd {
        if let token = try await usableToken(item) {
            switch try await posting.post(item, token) {
            case .ended(let end): return end
            case .tokenRefused: break
            }
        }
        return try await mintAndPost(item)
    }

    private func mintAndPost(_ item: WorkItem) async throws -> JourneyEnd {
        try await handoff.take()
        do {
            let end = try await mintThenPost(item)
            handoff.give()
            return end
        } catch {
            handoff.give()
            throw error
        }
    }

    private func mintThenPost(_ item: WorkItem) async throws -> JourneyEnd {
        let access: Secret
        var item = item
        switch try await exchanging.accessToken(of: item) {
        case .ended(let end): return end
        case .token(let token, let link):
            access = token
            item = item.with(link)
        }
        switch try await minting.mint(item, access) {
        case .ended(let end): return end
        case .minted(let token):
            guard case .ended(let end) = try await posting.post(item, token) else { return .unreached }
            return end
        }
    }

    /// The token at hand, if it may still be used; one that may not is thrown away.
    private func usableToken(_ item: WorkItem) async throws -> ProcessorToken? {
        let link = item.link
        if let token = link.token, token.fingerprint == link.fingerprint, !isTooOld(token) { return token }
        if link.token != nil || link.tokenIsUnreadable {
            _ = try await tools.ledger.commit(LinkChange(link.id, .tokenDiscarded, at: tools.now()))
        }
        return nil
    }

    private func isTooOld(_ token: ProcessorToken) -> Bool {
        tools.settings.processorTokenAge.map { tools.now().since(token.mintedAt) > $0 } ?? false
    }
}
