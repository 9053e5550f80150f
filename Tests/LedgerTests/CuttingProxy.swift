import Foundation
import NIOCore
import NIOPosix
import RunSupport
import Synchronization

/// Stands between a client and a PostgreSQL server, counts the ways between them, and cuts their connection where it is
/// told to.
final class CuttingProxy: Sendable {
    enum Cut: Sendable {
        /// The server does not hear of a COMMIT.
        case request
        /// The client does not hear that it was done.
        case answer
        /// The server hears neither of a COMMIT nor of the client's end.
        case silently
        /// The server hears of what comes before this text.
        case before(String)
    }

    private struct State {
        var next: Cut?
        var ways = 0
        var isAnswered = true
        var isSilent = false
    }

    private let state = Mutex(State())
    /// How often the client asked for something and waited for the answer.
    var ways: Int { state.withLock { $0.ways } }
    /// Whether the cut that was ordered is still to come.
    var isWaiting: Bool { state.withLock { $0.next != nil } }

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
                            try client.pipeline.syncOperations.addHandler(Relay(to: server, isRequest: true, proxy))
                            try server.pipeline.syncOperations.addHandler(Relay(to: client, isRequest: false, proxy))
                        }
                }
                .bind(unixDomainSocketPath: scratch.file(name)).get()
            try await body(proxy, scratch.path)
            try await listener.close()
        }
    }

    /// Cuts the next time it can.
    func cut(_ cut: Cut) {
        state.withLock { $0.next = cut }
    }

    /// Whether the server is not to hear of the client's end; asked once.
    fileprivate func takeSilence() -> Bool {
        state.withLock { state in
            defer { state.isSilent = false }
            return state.isSilent
        }
    }

    /// What of these bytes goes on; less than all where the connection is to be cut.
    fileprivate func passing(_ bytes: ByteBuffer, isRequest: Bool) -> ByteBuffer {
        state.withLock { state in
            if isRequest, state.isAnswered { state.ways += 1 }
            state.isAnswered = !isRequest
            let text = String(buffer: bytes)
            let end: String.Index? =
                switch state.next {
                case .request, .silently: isRequest && text.contains("COMMIT") ? text.startIndex : nil
                case .answer: !isRequest && text.contains("COMMIT") ? text.startIndex : nil
                case .before(let mark): isRequest ? text.range(of: mark)?.lowerBound : nil
                case nil: nil
                }
            guard let end else { return bytes }
            if case .silently = state.next { state.isSilent = true }
            state.next = nil
            return bytes.getSlice(at: bytes.readerIndex, length: text.utf8.distance(from: text.startIndex, to: end))
                ?? ByteBuffer()
        }
    }
}

/// One direction of a connection.
private final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let isRequest: Bool
    private let proxy: CuttingProxy
    private var isSilent = false

    init(to other: any Channel, isRequest: Bool, _ proxy: CuttingProxy) {
        (self.other, self.isRequest, self.proxy) = (other, isRequest, proxy)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        let passing = proxy.passing(bytes, isRequest: isRequest)
        let other = other
        let written = other.writeAndFlush(passing)
        if passing.readableBytes < bytes.readableBytes {
            isSilent = proxy.takeSilence()
            context.close(promise: nil)
            if !isSilent { written.whenComplete { _ in other.close(promise: nil) } }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !isSilent { other.close(promise: nil) }
    }
}
