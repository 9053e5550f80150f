import Hummingbird

/// One request as it came in, its body read to the end.
struct Call: Sendable {
    let method: String
    let path: String
    let query: [String: String]
    /// Where the caller found the simulator, as far as it said so.
    let base: String
    let fields: HTTPFields
    let body: ByteBuffer

    init(_ request: Request, body: ByteBuffer) {
        method = request.method.rawValue
        path = request.uri.path
        query = Dictionary(
            request.uri.queryParameters.map { (String($0.key), String($0.value)) },
            uniquingKeysWith: { _, last in last }
        )
        base = "http://" + (request.head.authority ?? "127.0.0.1")
        fields = request.headers
        self.body = body
    }

    var segments: [String] { path.split(separator: "/").map(String.init) }

    var isJSON: Bool {
        let mediaType = fields[.contentType]?.split(separator: ";").first.map(String.init) ?? ""
        return mediaType.lowercased().filter { $0 != " " } == "application/json"
    }

    /// The body's members, where it is one JSON object.
    var members: [String: JSON]? {
        (try? JSON(parsing: body.readableBytesView))?.members
    }

    func header(_ name: String) -> String? {
        HTTPFields.Element.Name(name).flatMap { fields[$0] }
    }
}
