import Domain
import LinkPage
import Logging
import Pipeline

/// Serves pages for as long as their host works.
struct PageServer: Sendable {
    private let configuration: LinkPageConfiguration
    private let host: LinkHost
    private let server: LinkServer
    private let bind: String

    /// Prepares a server.
    ///
    /// - Parameters:
    ///   - configuration: Where to listen, and what pages are made with.
    ///   - host: Whose pages they are.
    ///   - webhooks: Checks Plaid's webhooks; nothing takes none.
    ///   - logger: Is told what happens.
    ///   - bind: The address to listen on, as it was given.
    /// - Throws: `CommandFailure` 78 where it cannot be served as configured.
    init(
        configuration: LinkPageConfiguration,
        host: LinkHost,
        webhooks: (any WebhookCheck)?,
        logger: Logger,
        bind: String
    ) throws {
        (self.configuration, self.host, self.bind) = (configuration, host, bind)
        do {
            server = try LinkServer(configuration: configuration, desk: host, webhooks: webhooks, logger: logger)
        } catch {
            throw CommandFailure(.misconfigured, error.description)
        }
    }

    /// Serves until the host is stopped.
    ///
    /// - Parameter ready: Gets what customers' addresses begin with, once connections are accepted.
    /// - Throws: `CommandFailure` 73 where nobody can listen there, and what `ready` throws.
    func serve(_ ready: (String) throws -> Void) async throws {
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { bound.finish() }
                try await listen { bound.yield($0) }
            }
            if let port = await ports.first(where: { _ in true }) {
                try ready(base(port: port))
                group.addTask { await host.work() }
            }
            // Whichever ends first ends the other: the host by a stop, the server because it cannot listen.
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private func listen(_ onReady: @escaping @Sendable (Int) async -> Void) async throws {
        do {
            try await server.run(onReady: onReady)
        } catch is CancellationError {
            // The host has ended first.
        } catch {
            throw CommandFailure(.cannotCreate, "Nobody can listen on \(bind): \(error).")
        }
    }

    private func base(port: Int) -> String {
        if let base = configuration.baseURL { return base }
        let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
        return "\(configuration.tls == nil ? "http" : "https")://\(host):\(port)"
    }
}
