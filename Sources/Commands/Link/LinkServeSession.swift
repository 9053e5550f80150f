import Domain
import Ledger
import LinkPage
import Pacing
import Pipeline
import Reports

/// Serving pages, from opening the ledger to its end.
struct LinkServeSession: Sendable {
    let wiring: Wiring
    let path: String
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
                try await Interruption.watching(control, giveUp: wiring.giveUp) {
                    try await host.finishEarlier()
                    let pages = try await admit(source, host)
                    try await serve(host, endpoints, takesWebhooks ? webhooks : nil) { base in
                        try write(pages, base: base, to: try destination(), format)
                    }
                }
            }
        } catch {
            failure = error
        }
        let verdict = RunVerdict(stop: work.board.stop, states: [:])
        let code = try await session.end(work, verdict, at: Surroundings.now())
        if let failure { throw failure }
        if let stop = work.board.stop { Console.tell("relink: \(SummaryDocumentText.reason(stop))") }
        return code
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

    private func serve(
        _ host: LinkHost,
        _ endpoints: Endpoints,
        _ webhooks: (any WebhookCheck)?,
        _ ready: @escaping (String) throws -> Void
    ) async throws {
        let configuration = try page.configuration(
            brand: form.clientName,
            plaid: endpoints.plaid,
            isSimulator: wiring.deployment.environment == .simulator
        )
        let server: LinkServer
        do {
            server = try LinkServer(
                configuration: configuration,
                desk: host,
                webhooks: webhooks,
                logger: wiring.logger
            )
        } catch {
            throw CommandFailure(.misconfigured, error.description)
        }
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { bound.finish() }
                do {
                    try await server.run { bound.yield($0) }
                } catch is CancellationError {
                    // The host has ended first.
                } catch {
                    throw CommandFailure(.cannotCreate, "Nobody can listen on \(page.bind): \(error).")
                }
            }
            for await port in ports {
                let base =
                    configuration.baseURL
                    ?? "\(configuration.tls == nil ? "http" : "https")://\(page.bind.host):\(port)"
                try ready(base)
                if !isQuiet { Console.tell("relink: serving pages at \(base)/i/..., as in the file of addresses.") }
                group.addTask { await host.work() }
                break
            }
            // Whichever ends first ends the other: the host by a stop, the server because it cannot listen.
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
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

extension String {
    /// What stands before the port.
    fileprivate var host: Substring { self[..<(lastIndex(of: ":") ?? endIndex)] }
}
