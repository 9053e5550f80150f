import NIOCore
import NIOPosix
import RunSupport
import Synchronization

/// Stands between a client and a PostgreSQL server, and cuts their connection at a COMMIT: before the server hears of it,
/// or before the client hears that it was done.
final class CuttingProxy: Sendable {
    enum Cut: Sendable {
        case request
        case answer
    }

    private let next = Mutex(Cut?.none)

    /// Runs `body` with the folder of the proxy's socket.
    static func with(
        server folder: String,
        _ body: (CuttingProxy, _ folder: String) async throws -> Void
    ) async throws {
        try await ScratchFolder.with { scratch in
            let proxy = CuttingProxy()
            let name = ".s.PGSQL.5432"
            let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { client in
                    ClientBootstrap(group: client.eventLoop).connect(unixDomainSocketPath: "\(folder)/\(name)")
                        .flatMapThrowing { server in
                            try client.pipeline.syncOperations.addHandler(Relay(to: server, .request, proxy))
                            try server.pipeline.syncOperations.addHandler(Relay(to: client, .answer, proxy))
                        }
                }
                .bind(unixDomainSocketPath: scratch.file(name)).get()
            try await body(proxy, scratch.path)
            try await listener.close()
        }
    }

    /// Cuts at the next COMMIT.
    func cut(_ cut: Cut) {
        next.withLock { $0 = cut }
    }

    /// Whether this is what the cut was ordered for; then it is done with.
    fileprivate func takes(_ cut: Cut) -> Bool {
        next.withLock { next in
            guard next == cut else { return false }
            next = nil
            return true
        }
    }
}

/// One direction of a connection.
private final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let direction: CuttingProxy.Cut
    private let proxy: CuttingProxy

    init(to other: any Channel, _ direction: CuttingProxy.Cut, _ proxy: CuttingProxy) {
        (self.other, self.direction, self.proxy) = (other, direction, proxy)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if String(buffer: bytes).contains("COMMIT"), proxy.takes(direction) {
            context.close(promise: nil)
            other.close(promise: nil)
        } else {
            other.writeAndFlush(bytes, promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
    }
}
