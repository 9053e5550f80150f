package import Domain
package import Pacing

/// Whose pages are served: it has link tokens made when customers ask for Link, and links what they connect.
///
/// What a page reports is worked on by one run after the other, each with all that a run does to be safe. What a page
/// could not report, because it was closed, Plaid is asked about.
package actor LinkHost: LinkDesk {
    private struct Guest {
        let id: Invitation.ID
        let invitee: Invitee
        var mode: LinkMode
        var standing: LinkStanding
        /// What Link was last opened with, until it is known what became of that.
        var linkToken: LinkToken?
        /// When Plaid is asked what became of it, if the page does not tell.
        var askAt: Timestamp?
    }

    /// What is to be done about one customer.
    private struct Job {
        enum Work {
            /// Link succeeded.
            case follow([LinkSuccess])
            /// Its rows are tried once more.
            case retry([InputRow])
        }

        let address: Secret
        let work: Work
        /// When, at the earliest.
        let at: Timestamp
    }

    /// How long rows and questions rest that came to nothing for now.
    private static let rest = Duration.seconds(30)
    /// How long a page has to tell what became of Link before Plaid is asked.
    private static let silence = Duration.seconds(60)
    /// How long after its expiry Plaid is asked about a link token.
    private static let memory = InvitationPolicy.memory

    private let tools: RunTools
    private let board: RunBoard
    private let control: RunControl
    private let ledger: any InvitationLedger & ItemLedger
    private let form: LinkForm
    private let handoff: Handoff
    private let reader: SessionReader
    private let minter: PlaidAsker<LinkToken>
    private let sessions: PlaidAsker<[LinkSession]>
    private var guests: [Secret: Guest] = [:]
    private var jobs: [Job] = []

    /// Prepares a host without guests.
    ///
    /// - Parameters:
    ///   - tools: What runs work with.
    ///   - board: Counts the calls, and says why it stops.
    ///   - control: Stops it.
    ///   - handoff: The room between the stages of its runs; `control` closes it.
    ///   - ledger: Keeps invitations and how Items are.
    ///   - form: How Link presents itself.
    package init(
        tools: RunTools,
        board: RunBoard,
        control: RunControl,
        handoff: Handoff,
        ledger: any InvitationLedger & ItemLedger,
        form: LinkForm
    ) {
        (self.tools, self.board, self.control) = (tools, board, control)
        (self.handoff, self.ledger, self.form) = (handoff, ledger, form)
        let rates = RateKeeper(tools: tools)
        reader = SessionReader(tools: tools, board: board, control: control, items: ledger)
        minter = PlaidAsker(tools: tools, board: board, control: control, rates: rates)
        sessions = PlaidAsker(tools: tools, board: board, control: control, rates: rates)
    }

    /// Takes in whom pages are for.
    ///
    /// - Parameters:
    ///   - invitees: Lines of the input.
    ///   - policy: Who of them gets a page.
    /// - Returns: What was done about each, in the same order.
    /// - Throws: What the ledger throws.
    package func admit(_ invitees: [Invitee], policy: InvitationPolicy) async throws -> [GuestAdmission] {
        let admissions = try await ledger.admitGuests(invitees, policy: policy)
        let polls = try await ledger.polls(of: invitees, at: tools.now())
        for (index, admission) in admissions.enumerated() {
            guard case .guest(let id, let mode, let address) = admission else { continue }
            var guest = Guest(id: id, invitee: invitees[index], mode: mode, standing: .ready(mode))
            // Link was opened by a process before this one, and nothing is known of what became of it.
            if case .ask(_, let askedMode, let secret) = polls[index] {
                guest.mode = askedMode
                guest.linkToken = LinkToken(secret: secret, expiration: "", hostedURL: nil)
                guest.askAt = tools.now()
            }
            guests[address] = guest
        }
        return admissions
    }

    /// Goes on with what earlier commands exchanged and did not link.
    package func finishEarlier() async throws {
        let kept = SessionRows(
            NobodyInvited(),
            tools: tools,
            board: board,
            control: control,
            ledger: ledger,
            tally: SessionTally()
        )
        try await Run(tools: tools, board: board, handoff: handoff, control: control).perform(kept)
    }

    // MARK: What pages ask

    package func standing(at address: Secret) -> LinkStanding? {
        guests[address]?.standing
    }

    package func open(at address: Secret) async -> LinkOpening {
        guard let guest = guests[address], guest.standing.isOpen else { return .over }
        // Who closed the page on a success comes back to it, and not to a second connection.
        if let last = guest.linkToken, guest.askAt != nil, await ask(about: last.secret, at: address) { return .over }
        return await mint(at: address)
    }

    package func resume(at address: Secret) -> Secret? {
        guard let guest = guests[address], guest.standing.isOpen else { return nil }
        return guest.linkToken?.secret
    }

    package func succeeded(at address: Secret, with success: LinkSuccess) {
        guard guests[address]?.standing.isOpen == true else { return }
        take(.follow([success]), at: address)
    }

    package func left(at address: Secret, errorCode: String?) async {
        guard let guest = guests[address], guest.standing.isOpen else { return }
        guests[address]?.askAt = nil
        await keep([(guest.id, .exit(errorCode: errorCode))])
    }

    package func sessionFinished(linkToken: Secret) {
        let now = tools.now()
        for (address, guest) in guests where guest.linkToken?.secret == linkToken && guest.standing.isOpen {
            guests[address]?.askAt = now
        }
    }

    // MARK: Work

    /// Works on what pages report until a stop, and asks Plaid about those that do not report.
    package func work() async {
        while control.isGoing {
            do {
                try await askAboutTheSilent()
                let batch = takeDue()
                if !batch.isEmpty { try await work(on: batch) }
                try await tools.clock.sleep(.milliseconds(200))
            } catch is CallGate.Closed, is CancellationError, is Handoff.Closed {
                return
            } catch {
                await control.stop(.unwritable("\(error)"))
            }
        }
    }

    private func take(_ work: Job.Work, at address: Secret) {
        guests[address]?.standing = .working
        guests[address]?.askAt = nil
        jobs.append(Job(address: address, work: work, at: tools.now()))
    }

    private func takeDue() -> [Job] {
        let now = tools.now()
        let due = jobs.filter { $0.at <= now }
        jobs.removeAll { $0.at <= now }
        return due
    }

    private func askAboutTheSilent() async throws {
        let now = tools.now()
        for (address, guest) in guests where guest.askAt.map({ $0 <= now }) == true && guest.standing.isOpen {
            guard let token = guest.linkToken else { continue }
            guests[address]?.askAt = nextAsk(of: token)
            _ = await ask(about: token.secret, at: address)
            if !control.isGoing { return }
        }
    }

    private func nextAsk(of token: LinkToken) -> Timestamp? {
        let next = tools.now() + Self.silence
        guard let end = token.expiresAt.map({ $0 + Self.memory }) else { return next }
        return next < end ? next : nil
    }

    /// Asks Plaid what became of Link; says whether there is a success, which is then worked on.
    private func ask(about linkToken: Secret, at address: Secret) async -> Bool {
        let outcome: LinkSession.Outcome? = try? await sessions.ask {
            await tools.plaid.getLinkSessions(linkToken: linkToken)
        } take: { answer, _ in
            if case .value(let sessions) = answer { return sessions.telling }
            return nil
        }
        guard guests[address]?.standing.isOpen == true, guests[address]?.linkToken?.secret == linkToken else {
            return guests[address]?.standing == .working
        }
        switch outcome {
        case .success(let successes):
            take(.follow(successes), at: address)
            return true
        case .exit:
            guests[address]?.askAt = nil
            return false
        case .open, nil: return false
        }
    }

    private func mint(at address: Secret) async -> LinkOpening {
        guard let guest = guests[address] else { return .over }
        let order = LinkTokenOrder(
            form: form,
            userID: guest.invitee.owner.id,
            accessToken: guest.mode == .updateMode ? guest.invitee.accessToken : nil
        )
        let minted: Minted? = try? await minter.ask {
            await tools.plaid.createLinkToken(order)
        } take: { answer, id in
            switch answer {
            case .value(let token):
                let change = InvitationChange.made(token, guest.mode)
                try await ledger.commit(change, of: guest.id, requestID: id, at: tools.now())
                return .token(token)
            case .refused(_, let rule) where guest.mode == .updateMode && rule.isAboutAGoneConnection: return .gone
            case .refused(let refusal, let rule):
                let failure = Failure(refusal, code: rule.reportedCode)
                try await ledger.commit(.failed(failure), of: guest.id, requestID: id, at: tools.now())
                if rule.meaning == .stop { await control.stop(.refused(rule.stopMessage(refusal))) }
                return .nothing
            case .none: return .nothing
            }
        }
        switch minted {
        case .token(let token):
            guests[address]?.linkToken = token
            guests[address]?.askAt = tools.now() + Self.silence
            return .token(token.secret)
        case .gone:
            // There is nothing to repair any more: the customer connects a bank anew.
            guests[address]?.mode = .firstTime
            return await mint(at: address)
        case .nothing, nil: return .later(after: .seconds(30))
        }
    }

    private enum Minted: Sendable {
        case token(LinkToken)
        case gone
        case nothing
    }

    // MARK: What follows from a success

    private func work(on batch: [Job]) async throws {
        var tried: [(address: Secret, rows: [InputRow])] = []
        for job in batch {
            switch job.work {
            case .retry(let rows): tried.append((job.address, rows))
            case .follow(let successes):
                if let rows = try await rows(after: successes, at: job.address) { tried.append((job.address, rows)) }
            }
        }
        guard !tried.isEmpty else { return }
        let rows = tried.flatMap(\.rows)
        let owners = Set(rows.map(\.identity.owner))
        let run = Run(tools: tools, board: board, handoff: handoff, control: control, only: owners)
        await ledger.beginInput()
        try await run.perform(RowList(rows))
        for (address, rows) in tried { try await settle(address, rows) }
    }

    /// The rows that follow from a success; nothing where none do, or not yet.
    private func rows(after successes: [LinkSuccess], at address: Secret) async throws -> [InputRow]? {
        guard let guest = guests[address] else { return nil }
        let finding = try await reader.follow(guest.invitee, guest.mode, successes)
        switch finding.outcome {
        case .succeeded: return finding.rows
        // Plaid did not tell: it is asked again, whatever the page does.
        case .failed: jobs.append(Job(address: address, work: .follow(successes), at: tools.now() + Self.rest))
        case .notRepaired: guests[address]?.standing = .failed(.notRepaired)
        default: guests[address]?.standing = .failed(.refused)
        }
        if let ending = finding.ending { await keep([(guest.id, ending)]) }
        return nil
    }

    /// Tells the page, and the ledger, what became of a customer's rows.
    private func settle(_ address: Secret, _ rows: [InputRow]) async throws {
        guard let guest = guests[address] else { return }
        var states: [(state: RowState, code: String?)] = []
        for row in rows { states.append(try await ledger.state(of: row.identity) ?? (.pending, nil)) }
        let verdict = GuestVerdict(states)
        guests[address]?.standing = verdict.standing
        if let ending = verdict.ending { await keep([(guest.id, ending)]) }
        // What may pass is tried once more, for the customer need not do anything about it.
        if verdict.isPassing { jobs.append(Job(address: address, work: .retry(rows), at: tools.now() + Self.rest)) }
    }

    private func keep(_ endings: [(id: Invitation.ID, ending: InvitationEnding)]) async {
        do {
            try await ledger.end(endings, at: tools.now())
        } catch {
            await control.stop(.unwritable("\(error)"))
        }
    }
}

extension LinkStanding {
    /// Whether the customer may open Link.
    fileprivate var isOpen: Bool {
        switch self {
        case .ready, .failed: true
        case .working, .done, .closed: false
        }
    }
}

/// An input without a line.
private struct NobodyInvited: InviteeSource {
    mutating func next() async throws -> InviteeBatch? { nil }
}
