import NIOCore

/// Sends what is written to a connection within one turn of its event loop in one piece.
///
/// The client flushes a request's head and its body one after the other: two packets, where one would do.
final class FlushOnce: ChannelOutboundHandler {
    typealias OutboundIn = Never

    private var isPending = false

    func flush(context: ChannelHandlerContext) {
        if isPending { return }
        isPending = true
        context.eventLoop.assumeIsolated().execute { self.flushNow(context) }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        flushNow(context)
        context.close(mode: mode, promise: promise)
    }

    private func flushNow(_ context: ChannelHandlerContext) {
        guard isPending else { return }
        isPending = false
        context.flush()
    }
}
