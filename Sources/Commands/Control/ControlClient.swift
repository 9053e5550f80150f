#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Gives an order to the run that works on a ledger.
struct ControlClient: Sendable {
    /// Runs answer at once.
    private static let patience = timeval(tv_sec: 10, tv_usec: 0)

    let socket: ControlSocket

    /// What the run says.
    ///
    /// - Throws: `CommandFailure` 66 where there is no run, 64 where the run does not take the order, 75 where it does
    ///   not answer.
    func ask(_ order: ControlOrder) throws -> String {
        let descriptor = try socket.connect()
        defer { close(descriptor) }
        var patience = Self.patience
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        try FileWriting.write(Array((order.text + "\n").utf8), to: descriptor, name: socket.path)
        let answer = String(decoding: readAll(descriptor), as: UTF8.self)
        let text = answer.split(separator: "\n", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        if answer.hasPrefix("ok\n") { return text.trimmingLineBreak }
        if answer.hasPrefix("no\n") { throw CommandFailure(.usage, text.trimmingLineBreak) }
        throw CommandFailure(.tryLater, "The run at \(socket.path) does not answer; it may be at its end.")
    }

    private func readAll(_ descriptor: Int32) -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return all }
            all += buffer.prefix(count)
        }
    }
}

extension String {
    fileprivate var trimmingLineBreak: String { hasSuffix("\n") ? String(dropLast()) : self }
}
