import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Listens to one request's way through the client: how far it got, and what came back.
final class Exchange: HTTPClientResponseDelegate {
    typealias Response = Void

    /// How far the request got.
    struct Progress: Sendable {
        var headSent = false
        var head: HTTPResponseHead?
        var body: [UInt8] = []
    }

    /// Thrown inside the client to stop reading an answer that is too large.
    struct TooLarge: Error {}

    private let limit: Int
    private let progress = Mutex(Progress())

    init(limit: Int) {
        self.limit = limit
    }

    /// How far it got until now.
    var snapshot: Progress {
        progress.withLock { $0 }
    }

    func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
        progress.withLock { $0.headSent = true }
    }

    func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        progress.withLock { $0.head = head }
        let announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        return announced > limit
            ? task.eventLoop.makeFailedFuture(TooLarge()) : task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let size = progress.withLock { progress in
            progress.body.append(contentsOf: buffer.readableBytesView)
            return progress.body.count
        }
        return size > limit ? task.eventLoop.makeFailedFuture(TooLarge()) : task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<Void>) throws {}
}
