import Hummingbird
import HummingbirdCore
import NIOCore

/// Puts a reply on a connection, or takes the connection away.
struct ReplySender {
    let channel: any Channel

    /// Thrown to leave the connection's loop once the connection has been spoilt on purpose.
    private struct ConnectionSpoilt: Error {}

    /// The kernel's `struct linger`.
    private struct Linger {
        let isOn: CInt
        let seconds: CInt
    }

    @concurrent
    func send(_ reply: Reply, through writer: consuming ResponseWriter) async throws {
        if reply.delay > 0 {
            try await Task.sleep(for: .seconds(reply.delay))
        }
        switch reply.delivery {
        case .whole:
            try await writer.write(
                response: head(of: reply),
                body: ResponseBody(byteBuffer: ByteBuffer(string: reply.body))
            )
        case .truncated:
            try await sendHalf(of: reply, through: writer)
        case .reset:
            try await reset()
        case .hang:
            try await waitForHangUp()
        }
    }

    private func head(of reply: Reply) -> HTTPResponse {
        var fields = HTTPFields()
        for header in reply.headers {
            guard let name = HTTPFields.Element.Name(header.name) else { continue }
            fields[name] = header.value
        }
        fields[.contentLength] = String(reply.body.utf8.count)
        return HTTPResponse(status: .init(code: reply.status), headerFields: fields)
    }

    @concurrent
    private func sendHalf(of reply: Reply, through writer: consuming ResponseWriter) async throws {
        var body = try await writer.writeHead(head(of: reply))
        try await body.write(ByteBuffer(bytes: Array(reply.body.utf8.prefix(reply.body.utf8.count / 2))))
        try await channel.close(mode: .output)
        throw ConnectionSpoilt()
    }

    /// Closes with a zero linger time, which makes the kernel send RST instead of FIN.
    private func reset() async throws {
        if let options = channel as? any SocketOptionProvider {
            let linger = Linger(isOn: 1, seconds: 0)
            try await options.unsafeSetSocketOption(level: .socket, name: .so_linger, value: linger).get()
        }
        try await channel.close()
        throw ConnectionSpoilt()
    }

    /// Waits until the client closes its side, which must then count as the end of the whole connection.
    private func waitForHangUp() async throws {
        try await channel.setOption(.allowRemoteHalfClosure, value: false).get()
        try await withTaskCancellationHandler {
            try await channel.closeFuture.get()
        } onCancel: {
            channel.close(promise: nil)
        }
        throw ConnectionSpoilt()
    }
}
