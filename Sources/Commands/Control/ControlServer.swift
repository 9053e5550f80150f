import NIOCore
import NIOPosix

/// Listens for orders while a run is going on: one line each, and one answer.
struct ControlServer: Sendable {
    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private static let longestLine = 1_024

    let socket: ControlSocket
    let desk: ControlDesk

    /// Runs `body` and carries out orders meanwhile; a run that cannot be steered goes on all the same, and says so.
    func listening<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        guard let server = await open() else { return try await body() }
        defer { socket.remove() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await serve(server) }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private func open() async -> NIOAsyncChannel<Connection, Never>? {
        do {
            let descriptor = try socket.bind()
            return try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .bind(descriptor) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try Connection(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            let why = (error as? CommandFailure)?.message ?? "\(error)"
            Console.tell("relink: this run cannot be steered by relink control: \(why)", event: .problem)
            return nil
        }
    }

    private func serve(_ server: NIOAsyncChannel<Connection, Never>) async throws {
        try await server.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in connections {
                    // Whoever hangs up in the middle harms nobody.
                    group.addTask { try? await answer(connection) }
                }
            }
        }
    }

    private func answer(_ connection: Connection) async throws {
        let answer = try await connection.executeThenClose { incoming, outgoing -> ControlDesk.Answer? in
            guard let line = try await Self.line(of: incoming) else { return nil }
            let answer = await desk.answer(line)
            try await outgoing.write(ByteBuffer(string: (answer.isDone ? "ok\n" : "no\n") + answer.text + "\n"))
            return answer
        }
        await answer?.then?()
    }

    private static func line(of incoming: NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> String? {
        var text = ""
        for try await piece in incoming {
            text += String(buffer: piece)
            if let end = text.firstIndex(of: "\n") { return String(text[..<end]) }
            guard text.utf8.count < longestLine else { return nil }
        }
        return nil
    }
}
