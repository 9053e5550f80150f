import Domain
import Pacing

extension LinkHost {
    /// Works on what pages report until a stop, and asks Plaid about those that do not report.
    package func work() async {
        await withDiscardingTaskGroup { group in
            // What has to be asked about may be much, and what pages report does not wait for it.
            group.addTask { await self.untilStopped { try await self.askAboutTheSilent() } }
            group.addTask { await self.untilStopped { try await self.workOnDue() } }
        }
    }

    nonisolated func untilStopped(_ step: @Sendable () async throws -> Void) async {
        while control.isGoing {
            do {
                try await step()
                try await tools.clock.sleep(Self.pause)
            } catch is CallGate.Closed, is CancellationError, is Handoff.Closed {
                return
            } catch {
                control.stop(.unwritable("\(error)"))
            }
        }
    }

    func workOnDue() async throws {
        let batch = takeDue()
        if !batch.isEmpty { try await work(on: batch) }
    }

    func take(_ work: Job.Work, at address: Secret) {
        guests[address]?.standing = .working
        askAt[address] = nil
        jobs.append(Job(address: address, work: work, at: tools.now()))
    }

    func takeDue() -> [Job] {
        let now = tools.now()
        let due = jobs.filter { $0.at <= now }
        jobs.removeAll { $0.at <= now }
        return due
    }

    func askAboutTheSilent() async throws {
        let now = tools.now()
        for (address, question) in askAt where question.at <= now {
            guard control.isGoing else { return }
            guard let guest = guests[address], guest.standing.isOpen, let token = guest.linkToken else {
                askAt[address] = nil
                continue
            }
            askAt[address] = next(after: question, of: token)
            _ = await ask(about: token.secret, at: address)
        }
    }

    /// The next question about a link token; none once Plaid does not know any more.
    func next(after question: Question, of token: LinkToken) -> Question? {
        let next = Question(at: tools.now() + question.wait, wait: min(question.wait * 2, Self.longestWait))
        guard let end = token.expiresAt.map({ $0 + Self.memory }) else { return next }
        return next.at < end ? next : nil
    }

    /// Asks Plaid what became of Link; says whether there is a success, which is then worked on.
    func ask(about linkToken: Secret, at address: Secret) async -> Bool {
        let outcome: LinkSession.Outcome?? = await orStop {
            try await sessions.ask {
                await tools.plaid.getLinkSessions(linkToken: linkToken)
            } take: { answer, _ in
                if case .value(let sessions) = answer { return sessions.telling }
                return nil
            }
        }
        guard guests[address]?.standing.isOpen == true, guests[address]?.linkToken?.secret == linkToken else {
            return guests[address]?.standing == .working
        }
        switch outcome ?? nil {
        case .success(let successes):
            take(.follow(successes), at: address)
            return true
        // On Plaid's own page the customer can begin again.
        case .exit, .open, nil: return false
        }
    }

    func work(on batch: [Job]) async throws {
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
    func rows(after successes: [LinkSuccess], at address: Secret) async throws -> [InputRow]? {
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
    func settle(_ address: Secret, _ rows: [InputRow]) async throws {
        guard let guest = guests[address] else { return }
        var states: [(state: RowState, code: String?)] = []
        for row in rows { states.append(try await ledger.state(of: row.identity) ?? (.pending, nil)) }
        let verdict = GuestVerdict(states)
        guests[address]?.standing = verdict.standing
        if let ending = verdict.ending { await keep([(guest.id, ending)]) }
        // What may pass is tried once more, for the customer need not do anything about it.
        if verdict.isPassing { jobs.append(Job(address: address, work: .retry(rows), at: tools.now() + Self.rest)) }
    }

    func keep(_ endings: [(id: Invitation.ID, ending: InvitationEnding)]) async {
        do {
            try await ledger.end(endings, at: tools.now())
        } catch {
            control.stop(.unwritable("\(error)"))
        }
    }
}
