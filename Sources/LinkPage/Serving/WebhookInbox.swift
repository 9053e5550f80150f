import Domain
import FoundationEssentials
import Hummingbird
import Logging
import NIOCore

/// Takes Plaid's webhooks in: who is behind them is known by their signature alone.
struct WebhookInbox: Sendable {
    /// The most bytes that a webhook has.
    private static let mostBytes = 64 * 1024
    private static let verificationField = HTTPFields.Element.Name("Plaid-Verification")

    let desk: any LinkDesk
    let check: any WebhookCheck
    let replies: Replies
    /// Counts all webhooks alike, for every one comes from Plaid or from a stranger.
    let arrivals: Limiter
    let logger: Logger

    /// Takes a webhook; every genuine one is taken with 200, so that Plaid does not send it again.
    func take(_ request: Request) async throws -> Response {
        if let pause = arrivals.take("") { return replies.tooMany(after: pause) }
        guard Reception.isJSON(request.headers[.contentType]) else { return replies.empty(.unsupportedMediaType) }
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length <= Self.mostBytes else { return replies.empty(.contentTooLarge) }
        let body = Array(try await request.body.collect(upTo: Self.mostBytes).readableBytesView)
        do {
            try await check.check(body, verification: Self.verificationField.flatMap { request.headers[$0] })
        } catch {
            logger.warning("webhook refused", metadata: ["reason": "\(error.rawValue)"])
            return replies.empty(.unauthorized)
        }
        let token = (try? JSONDecoder().decode(WebhookWire.self, from: Data(body)))?.finished
        logger.info("webhook taken", metadata: ["session_finished": "\(token != nil)"])
        if let token { await desk.sessionFinished(linkToken: token) }
        return replies.empty(.ok)
    }
}
