package import Domain
package import Pacing

/// Whose pages are served: it has link tokens made when customers ask for Link, and links what they connect.
///
/// What a page reports is worked on by one run after the other, each with all that a run does to be safe. What a page
/// could not report, because it was closed, Plaid is asked about.
package actor LinkHost: LinkDesk {
    struct Guest {
        let id: Invitation.ID
        let invitee: Invitee
        var mode: LinkMode
        var standing: LinkStanding
        /// What Link was last opened with, until it is known what became of that.
        var linkToken: LinkToken?
    }

    /// What is to be done about one customer.
    struct Job {
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

    /// When Plaid is asked what became of Link.
    struct Question {
        var at: Timestamp
        /// How long to wait after it for the next one: who has not been there for long is asked about seldom.
        var wait = LinkHost.silence
    }

    /// Between two looks at what is to be done.
    static let pause = Duration.milliseconds(200)
    /// How long rows and questions rest that came to nothing for now.
    static let rest = Duration.seconds(30)
    /// How long a page has to tell what became of Link before Plaid is asked.
    static let silence = Duration.seconds(60)
    /// The longest wait between two questions: a third of a public token's life.
    static let longestWait = Duration.seconds(600)
    /// How long after its expiry Plaid is asked about a link token.
    static let memory = InvitationPolicy.memory

    let tools: RunTools
    let board: RunBoard
    let control: RunControl
    let ledger: any InvitationLedger & ItemLedger
    private let form: LinkForm
    let handoff: Handoff
    let reader: SessionReader
    private let minter: PlaidAsker<LinkToken>
    let sessions: PlaidAsker<[LinkSession]>
    var guests: [Secret: Guest] = [:]
    /// When Plaid is asked what became of Link, of pages that have not told.
    var askAt: [Secret: Question] = [:]
    var jobs: [Job] = []

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
            if case .ask(_, let askedMode, let token) = polls[index] {
                (guest.mode, guest.linkToken) = (askedMode, token)
                askAt[address] = Question(at: tools.now())
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
            tally: SessionTally(),
            report: { _ in }
        )
        try await Run(tools: tools, board: board, handoff: handoff, control: control).perform(kept)
    }

    package func standing(at address: Secret) -> LinkStanding? {
        guests[address]?.standing
    }

    package func open(at address: Secret) async -> LinkOpening {
        guard let guest = guests[address], guest.standing.isOpen else { return .over }
        // Who closed the page on a success comes back to it, and not to a second connection.
        if let last = guest.linkToken, askAt[address] != nil, await ask(about: last.secret, at: address) {
            return .over
        }
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
        askAt[address] = nil
        await keep([(guest.id, .exit(errorCode: errorCode))])
    }

    package func sessionFinished(linkToken: Secret) {
        let now = tools.now()
        for (address, guest) in guests where guest.linkToken?.secret == linkToken && guest.standing.isOpen {
            askAt[address] = Question(at: now)
        }
    }

    private func mint(at address: Secret) async -> LinkOpening {
        guard let guest = guests[address] else { return .over }
        let order = LinkTokenOrder(
            form: form,
            userID: guest.invitee.owner.id,
            accessToken: guest.mode == .updateMode ? guest.invitee.accessToken : nil
        )
        let minted = await orStop { try await make(order, for: guest) }
        switch minted {
        case .token(let token):
            guests[address]?.linkToken = token
            askAt[address] = Question(at: tools.now() + Self.silence)
            return .token(token.secret)
        case .gone:
            // There is nothing to repair any more: the customer connects a bank anew.
            guests[address]?.mode = .firstTime
            return await mint(at: address)
        case .nothing, nil: return .later(after: .seconds(30))
        }
    }

    /// Has Plaid make a link token, and the ledger keep it before Link is opened with it.
    private func make(_ order: LinkTokenOrder, for guest: Guest) async throws -> Minted {
        try await minter.ask {
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
                if rule.meaning == .stop { control.stop(.refused(rule.stopMessage(refusal))) }
                return .nothing
            case .none: return .nothing
            }
        }
    }

    /// Does something that a stop ends, and gives nothing then; a ledger that cannot be written stops the host.
    func orStop<Value: Sendable>(_ body: () async throws -> Value) async -> Value? {
        do {
            return try await body()
        } catch is CallGate.Closed, is CancellationError {
            return nil
        } catch {
            control.stop(.unwritable("\(error)"))
            return nil
        }
    }

    private enum Minted: Sendable {
        case token(LinkToken)
        case gone
        case nothing
    }
}

extension LinkStanding {
    /// Whether the customer may open Link.
    var isOpen: Bool {
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
