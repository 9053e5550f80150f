import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that answers every request with 200 and keeps what it was asked.
struct HeartbeatServer: Sendable {
    /// The request lines, without the protocol's name.
    private final class Record: Sendable {
        private let lines = Mutex<[String]>([])

        var all: [String] { lines.withLock { $0 } }

        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    let port: Int
    private let record: Record

    /// What was asked, as `GET /path`.
    var heard: [String] { record.all }

    /// Runs `body` with a server that is closed afterwards.
    static func with(_ body: (HeartbeatServer) async throws -> Void) async throws {
        let record = Record()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(record))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(HeartbeatServer(port: listener.localAddress?.port ?? 0, record: record))
        } catch {
            try await listener.close()
            throw error
        }
        try await listener.close()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let record: Record
        private var pending = ""

        init(_ record: Record) {
            self.record = record
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            pending += String(buffer: unwrapInboundIn(data))
            guard pending.contains("\r\n\r\n") else { return }
            let words = pending.prefix { $0 != "\r\n" && $0 != "\r" }.split(separator: " ")
            pending = ""
            record.add(words.prefix(2).joined(separator: " "))
            let answer = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")
            context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
