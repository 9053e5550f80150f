import Hummingbird

/// What goes back on the wire, and how badly.
struct Reply: Sendable {
    /// How the bytes reach the client.
    enum Delivery: Sendable {
        case whole
        /// The full length is announced, half of it sent, then the connection closes.
        case truncated
        /// The connection is reset without a byte.
        case reset
        /// Nothing is ever sent; it ends when the client hangs up.
        case hang
    }

    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: String
    var delivery = Delivery.whole
    /// Seconds to wait before the first byte.
    var delay = 0.0

    static func json(_ status: Int, _ body: JSON) -> Reply {
        Reply(status: status, headers: [("content-type", "application/json")], body: body.text)
    }

    static func text(_ status: Int, _ body: String, type: String = "text/html") -> Reply {
        Reply(status: status, headers: [("content-type", type)], body: body)
    }

    static let reset = Reply(status: 0, body: "", delivery: .reset)
    static let hang = Reply(status: 0, body: "", delivery: .hang)

    func adding(_ name: String, _ value: String?) -> Reply {
        guard let value else { return self }
        var copy = self
        copy.headers.append((name, value))
        return copy
    }

    func delivered(_ delivery: Delivery) -> Reply {
        var copy = self
        copy.delivery = delivery
        return copy
    }

    func delayed(by seconds: Double) -> Reply {
        var copy = self
        copy.delay += seconds
        return copy
    }
}
