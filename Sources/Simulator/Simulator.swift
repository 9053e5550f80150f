import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// A strict imitation of the Plaid and Bond APIs on one address, with faults on demand.
///
/// Plaid's calls answer at their own paths, Bond's under `/api/`, and `/admin/` tells and changes what goes on.
package struct Simulator: Sendable {
    /// What the simulator remembers, for a look from within the same process.
    package let world: World
    private let configuration: SimulatorConfiguration

    /// Prepares a simulator; throws where the scenario, a fault rate or the journal cannot be used.
    package init(
        configuration: SimulatorConfiguration,
        environment: SimulatorEnvironment = .live
    ) throws(SimulatorError) {
        self.configuration = configuration
        world = try World(configuration, environment: environment)
    }

    /// Listens until its task is cancelled; `onReady` gets the port once connections are accepted.
    package func run(onReady: @escaping @Sendable (Int) async -> Void) async throws {
        let front = Front(world: world, credentials: configuration.credentials)
        let server = Server(
            childChannelSetup: HTTP1Channel(responder: { request, writer, channel in
                try await front.respond(to: request, through: writer, on: channel)
            }),
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                backlog: 1024
            ),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "simulator", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask { await WebhookSender(world: world).run() }
            try await group.next()
            group.cancelAll()
        }
    }
}
