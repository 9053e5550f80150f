import NIOCore
import NIOPosix

/// A server of bytes on loopback, for answers that no HTTP library would send.
enum RawServer {
    /// What a connection gets after its first bytes came in.
    enum Behaviour: Sendable {
        /// These bytes, and then the end of the connection.
        case answer(String)
        /// Nothing, for as long as the client stays.
        case silence
        /// The end of the connection.
        case close
    }

    /// Runs `body` with the port of a server that is closed afterwards.
    static func withServer<Result: Sendable>(
        _ behaviour: Behaviour,
        _ body: @Sendable (Int) async throws -> Result
    ) async throws -> Result {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(behaviour))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = server.localAddress?.port ?? 0
        do {
            let result = try await body(port)
            try await server.close()
            return result
        } catch {
            try await server.close()
            throw error
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let behaviour: Behaviour
        private var hasAnswered = false

        init(_ behaviour: Behaviour) {
            self.behaviour = behaviour
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard !hasAnswered else { return }
            hasAnswered = true
            switch behaviour {
            case .silence: break
            case .close: context.close(promise: nil)
            case .answer(let text):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                context.close(promise: nil)
            }
        }
    }
}
