package import Domain
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle

/// Serves each invited customer's page, which opens Plaid Link and tells a ``LinkDesk`` what comes of it.
package struct LinkServer: Sendable {
    /// How long requests in flight have to finish once the server is told to stop.
    private static let grace = Duration.seconds(15)

    private let configuration: LinkPageConfiguration
    private let router: LinkRouter
    private let builder: HTTPServerBuilder

    /// Prepares a server.
    ///
    /// - Parameters:
    ///   - configuration: Where to listen, and what pages are made with.
    ///   - desk: Who keeps the invitations.
    ///   - webhooks: Tells Plaid's webhooks from others; without it none are taken.
    ///   - clock: What tries are counted by.
    ///   - logger: Is told what happens, with invitations marked by the first digits of their address's hash.
    /// - Throws: What keeps it from being served as configured.
    package init<Time: Clock>(
        configuration: LinkPageConfiguration,
        desk: any LinkDesk,
        webhooks: (any WebhookCheck)? = nil,
        clock: Time = ContinuousClock(),
        logger: Logger
    ) throws(LinkPageError) where Time.Duration == Duration {
        self.configuration = configuration
        let address = try LinkServer.address(configuration)
        guard configuration.key.exposed.utf8.count >= 32 else { throw .weakKey }
        builder = try LinkServer.builder(configuration.tls)
        let start = clock.now
        router = try LinkServer.router(configuration, address, desk: desk, webhooks: webhooks, logger: logger) {
            start.duration(to: clock.now)
        }
    }

    /// Serves until its task is cancelled; requests in flight are answered before it returns.
    ///
    /// - Parameter onReady: Gets the port once connections are accepted.
    /// - Throws: What keeps it from listening.
    package func run(onReady: @escaping @Sendable (Int) async -> Void) async throws {
        var settings = ServiceGroupConfiguration(services: [application(onReady: onReady)], logger: quiet)
        settings.maximumGracefulShutdownDuration = LinkServer.grace
        let group = ServiceGroup(configuration: settings)
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        // A task of its own, awaited below: as a child it would be cancelled, and requests in flight with it.
        let serving = Task { try await LinkServer.serve(group, until: stops) }
        try await withTaskCancellationHandler {
            try await serving.value
        } onCancel: {
            stop.finish()
        }
    }

    /// The server as Hummingbird runs it, or tests without a socket.
    package func application(
        onReady: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: router.make(),
            server: builder,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: nil
            ),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) },
            logger: quiet
        )
    }

    /// Hummingbird's own lines may name what was asked for; what matters is told by the pages themselves.
    private var quiet: Logger {
        Logger(label: "link-page", factory: { _ in SwiftLogNoOpLogHandler() })
    }

    private static func serve(_ group: ServiceGroup, until stops: AsyncStream<Void>) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                for await _ in stops {}
                await group.triggerGracefulShutdown()
            }
            defer { tasks.cancelAll() }
            try await group.run()
        }
    }
}
