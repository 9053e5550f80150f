import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on loopback that treats every connection badly.
struct BadServer: Sendable {
    /// What a connection gets.
    enum Behaviour: Sendable {
        /// The end, before anything came in.
        case closeAtOnce
        /// One byte of a good answer each second.
        case trickle
        /// An answer whose body is so many pieces of 64 KiB.
        case flood(pieces: Int)
        /// 201 with this link for whoever asks, and lists that cannot be had.
        case sameLink(String)
        /// TLS with this certificate, and then the end.
        case tls(NIOSSLContext)
    }

    /// How many pieces clients have taken, or POSTs were answered.
    final class Counter: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }

        func add() { count.withLock { $0 += 1 } }
    }

    let port: Int
    /// Pieces of the answers that have left.
    let sent: Counter

    /// Runs `body` with a server that is closed afterwards.
    static func with(_ behaviour: Behaviour, _ body: (BadServer) async throws -> Void) async throws {
        let sent = Counter()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if case .tls(let context) = behaviour {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try channel.pipeline.syncOperations.addHandler(Handler(behaviour, sent))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(BadServer(port: listener.localAddress?.port ?? 0, sent: sent))
        } catch {
            try await listener.close()
            throw error
        }
        try await listener.close()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let behaviour: Behaviour
        private let sent: Counter
        private var hasBegun = false
        private var pending = ""

        init(_ behaviour: Behaviour, _ sent: Counter) {
            self.behaviour = behaviour
            self.sent = sent
        }

        func channelActive(context: ChannelHandlerContext) {
            if case .closeAtOnce = behaviour { context.close(promise: nil) }
            context.fireChannelActive()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if case .sameLink(let id) = behaviour { return answer(unwrapInboundIn(data), id, context) }
            guard !hasBegun else { return }
            hasBegun = true
            switch behaviour {
            case .closeAtOnce, .tls, .sameLink: context.close(promise: nil)
            case .trickle: trickle(Array("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}".utf8)[...], context)
            case .flood(let pieces):
                write(Array("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n\r\n".utf8), context)
                flood(pieces, context)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        /// Answers a request that came in one or two pieces: its head, and then its body.
        private func answer(_ request: ByteBuffer, _ id: String, _ context: ChannelHandlerContext) {
            pending += String(buffer: request)
            let isPost = pending.hasPrefix("POST")
            guard isPost ? pending.contains("}") : pending.contains("\r\n\r\n") else { return }
            let customer = pending.split(separator: "\"customer_id\":\"").dropFirst().first?.prefix { $0 != "\"" } ?? ""
            pending = ""
            if isPost { sent.add() }
            let body = isPost ? "{\"linked_account_id\":\"\(id)\",\"customer_id\":\"\(customer)\"}" : "{}"
            let status = isPost ? "201 Created" : "503 Service Unavailable"
            let head = "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            write(Array((head + body).utf8), context)
        }

        private func trickle(_ bytes: ArraySlice<UInt8>, _ context: ChannelHandlerContext) {
            guard let first = bytes.first, context.channel.isActive else { return }
            write([first], context)
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: .seconds(1)) {
                let (handler, context) = bound.value
                handler.trickle(bytes.dropFirst(), context)
            }
        }

        private func flood(_ pieces: Int, _ context: ChannelHandlerContext) {
            guard pieces > 0, context.channel.isActive else { return context.close(promise: nil) }
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            let piece = ByteBuffer(repeating: 0x20, count: 65_536)
            context.writeAndFlush(wrapOutboundOut(piece)).whenSuccess { [sent] in
                sent.add()
                let (handler, context) = bound.value
                handler.flood(pieces - 1, context)
            }
        }

        private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        }
    }
}
