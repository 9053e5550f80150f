import Domain
import Ledger
import Pacing
import Pipeline
import Reports

/// Serving pages, from opening the ledger to its end.
struct LinkServeSession: Sendable {
    let wiring: Wiring
    let path: LedgerPlace
    let invocation: Invocation
    let form: LinkForm
    let choice: InvitationChoice
    let page: PageOptions
    let takesWebhooks: Bool
    let isQuiet: Bool

    /// Serves until a signal or an answer ends it.
    ///
    /// - Parameters:
    ///   - source: Who is invited.
    ///   - destination: Makes the file for the customers' addresses.
    ///   - format: Its form.
    /// - Returns: The exit code.
    /// - Throws: `CommandFailure`, and what the ledger and `source` throw.
    func perform(
        _ source: InviteeFiles,
        _ destination: @escaping () throws -> OutputDestination,
        format: LineFormat
    ) async throws -> Int32 {
        let session = CallingSession(wiring: wiring, path: path, command: invocation.command)
        let work = try await session.begin()
        var failure: (any Error)?
        do {
            try await wiring.withEndpoints(ledger: work.ledger) { tools, endpoints, webhooks in
                let (host, control) = host(work, tools)
                let server = try PageServer(
                    configuration: page.configuration(
                        brand: form.clientName,
                        plaid: endpoints.plaid,
                        isSimulator: wiring.deployment.environment == .simulator
                    ),
                    host: host,
                    webhooks: takesWebhooks ? webhooks : nil,
                    logger: wiring.logger,
                    bind: page.bind
                )
                try await Interruption.watching(control, giveUp: wiring.giveUp) {
                    try await host.finishEarlier()
                    let pages = try await admit(source, host)
                    try await server.serve { base in
                        try write(pages, base: base, to: try destination(), format)
                        guard !isQuiet else { return }
                        Console.tell("relink: serving pages at \(base)/i/..., as in the file of addresses.")
                    }
                }
            }
        } catch {
            failure = error
        }
        let code = try await session.end(work, RunVerdict(stop: work.board.stop, states: [:]), at: Surroundings.now())
        if let failure { throw failure }
        if let stop = work.board.stop { Console.tell("relink: \(SummaryDocumentText.reason(stop))") }
        return code
    }

    private func host(_ work: CallingSession.Work, _ tools: RunTools) -> (LinkHost, RunControl) {
        let handoff = Handoff(capacity: wiring.settings.concurrency * 2)
        let control = RunControl(
            board: work.board,
            gates: [tools.plaidGate, tools.bondGate],
            rooms: [handoff],
            sleepers: wiring.sleepers
        )
        let host = LinkHost(
            tools: tools,
            board: work.board,
            control: control,
            handoff: handoff,
            ledger: work.ledger,
            form: form
        )
        return (host, control)
    }

    private func admit(_ source: InviteeFiles, _ host: LinkHost) async throws -> [GuestPage] {
        var source = source
        var pages: [GuestPage] = []
        var lines = 0
        let policy = InvitationPolicy(now: Surroundings.now(), form: form, choice: choice)
        while let batch = try await source.next() {
            for row in batch.invalid { Console.tell(row) }
            lines += batch.invitees.count + batch.invalid.count + batch.excluded
            let admissions = try await host.admit(batch.invitees, policy: policy)
            for (invitee, admission) in zip(batch.invitees, admissions) {
                guard case .guest(_, let mode, let address) = admission else { continue }
                pages.append(GuestPage(invitee: invitee, mode: mode, address: address))
            }
        }
        try source.minimum.check(rows: lines)
        return pages
    }

    private func write(
        _ pages: [GuestPage],
        base: String,
        to destination: OutputDestination,
        _ format: LineFormat
    ) throws {
        let table = LineTable.pages(format, base: base)
        var buffer: [UInt8] = []
        table.appendHeader(to: &buffer)
        for page in pages { table.append(page, to: &buffer) }
        try destination.write(buffer)
        try destination.complete()
    }
}
