import FoundationEssentials
import Hummingbird
import NIOCore

/// What is answered, ready to be sent.
struct Replies: Sendable {
    private let livePage: String
    private let gonePage: String
    private let busyPage: String

    init(_ template: PageTemplate) {
        livePage = template.live()
        gonePage = template.fixed(.gone)
        busyPage = template.fixed(.busy)
    }

    /// The page that shows how an invitation stands.
    var page: Response { html(.ok, livePage) }

    /// There is no such page; nothing tells an address that never was from a path that never was.
    var gone: Response { html(.notFound, gonePage) }

    /// Too many requests.
    func busy(after pause: Duration) -> Response {
        var response = html(.tooManyRequests, busyPage)
        response.headers[.retryAfter] = String(Replies.seconds(pause))
        return response
    }

    /// An answer for the page's script.
    func json(_ status: HTTPResponse.Status, _ value: some Encodable) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let data = try? encoder.encode(value) else { return empty(.internalServerError) }
        return text(status, String(decoding: data, as: UTF8.self), type: "application/json")
    }

    /// Not now: the page waits and says so.
    func later(_ status: HTTPResponse.Status, after pause: Duration) -> Response {
        let seconds = Replies.seconds(pause)
        var response = json(status, OpeningWire(retryAfter: seconds))
        response.headers[.retryAfter] = String(seconds)
        return response
    }

    /// A status and nothing else.
    func empty(_ status: HTTPResponse.Status) -> Response { Response(status: status) }

    /// Too many requests, for who reads no pages.
    func tooMany(after pause: Duration) -> Response {
        var response = empty(.tooManyRequests)
        response.headers[.retryAfter] = String(Replies.seconds(pause))
        return response
    }

    /// A file of the page's own, which never changes under its name.
    func file(_ asset: Asset) -> Response {
        var response = text(.ok, asset.text, type: asset.type)
        response.headers[.cacheControl] = "public, max-age=31536000, immutable"
        return response
    }

    private func html(_ status: HTTPResponse.Status, _ page: String) -> Response {
        text(status, page, type: "text/html; charset=utf-8")
    }

    private func text(_ status: HTTPResponse.Status, _ text: String, type: String) -> Response {
        Response(
            status: status,
            headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    private static func seconds(_ pause: Duration) -> Int {
        max(1, Int(clamping: pause.components.seconds) + (pause.components.attoseconds > 0 ? 1 : 0))
    }
}
