import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// What came to a ``LittleServer``.
struct Received: Sendable {
    let method: String
    let path: String
    let headers: HTTPFields
    let body: String

    func header(_ name: String) -> String? {
        HTTPFields.Element.Name(name).flatMap { headers[$0] }
    }
}

/// What a ``LittleServer`` answers.
struct Served: Sendable {
    var status = 200
    var headers: [(String, String)] = []
    var body = ""
}

/// A server of the test's own, such as a brand's page or the receiver of its webhooks.
final class LittleServer: Sendable {
    /// Answers a request, told how many came before it.
    typealias Answer = @Sendable (Received, Int) -> Served

    private let requests = Mutex<[Received]>([])
    private let port = Mutex(0)

    var url: String { "http://127.0.0.1:\(port.withLock { $0 })" }
    var received: [Received] { requests.withLock { $0 } }

    /// Runs a server while `body` runs; `answer` is asked for every request.
    static func run(
        answer: @escaping Answer = { _, _ in Served() },
        _ body: (LittleServer) async throws -> Void
    ) async throws {
        let little = LittleServer()
        let (ports, inlet) = AsyncStream.makeStream(of: Int.self)
        let server = Server(
            childChannelSetup: HTTP1Channel(responder: { request, writer, _ in
                try await little.respond(to: request, through: writer, answer)
            }),
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in inlet.yield(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "little", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            defer { group.cancelAll() }
            let port = await ports.first { _ in true } ?? 0
            little.port.withLock { $0 = port }
            try await body(little)
        }
    }

    @concurrent
    private func respond(
        to request: Request,
        through writer: consuming ResponseWriter,
        _ answer: Answer
    ) async throws {
        let body = try await request.body.collect(upTo: 1 << 20)
        let received = Received(
            method: request.method.rawValue,
            path: request.uri.path,
            headers: request.headers,
            body: String(buffer: body)
        )
        let earlier = requests.withLock { requests in
            requests.append(received)
            return requests.count - 1
        }
        let served = answer(received, earlier)
        var fields = HTTPFields()
        for (name, value) in served.headers {
            if let name = HTTPFields.Element.Name(name) { fields[name] = value }
        }
        fields[.contentLength] = String(served.body.utf8.count)
        let head = HTTPResponse(status: .init(code: served.status), headerFields: fields)
        try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(string: served.body)))
    }
}
