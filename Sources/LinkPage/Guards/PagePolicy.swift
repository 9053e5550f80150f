import Hummingbird

/// The headers that keep a page to what it needs.
struct PagePolicy: Sendable {
    private let fields: HTTPFields

    init(sources: LinkPageConfiguration.Sources, isPrivate: Bool) throws(LinkPageError) {
        let policy = try PagePolicy.policy(sources)
        var fields = HTTPFields()
        let values = [
            ("Content-Security-Policy", policy),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
            ("X-Robots-Tag", "noindex"),
            // A year; without the domains below, which are not the page's to speak for.
            ("Strict-Transport-Security", isPrivate ? "max-age=31536000" : nil),
        ]
        for case (let name, let value?) in values {
            if let name = HTTPFields.Element.Name(name) { fields[name] = value }
        }
        self.fields = fields
    }

    /// Adds the headers to a response's; what may be kept says so itself.
    func apply(to headers: inout HTTPFields) {
        for field in fields { headers[field.name] = field.value }
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    }

    private static func policy(_ sources: LinkPageConfiguration.Sources) throws(LinkPageError) -> String {
        let script = try origin(of: sources.script)
        var (frames, calls) = ([String](), [String]())
        for source in sources.frames { frames.append(try origin(of: source)) }
        for source in sources.calls { calls.append(try origin(of: source)) }
        return [
            "default-src 'none'", "script-src 'self' \(script)", (["frame-src"] + frames).joined(separator: " "),
            (["connect-src 'self'"] + calls).joined(separator: " "), "style-src 'self'", "img-src 'self'",
            "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }

    private static func origin(of source: String) throws(LinkPageError) -> String {
        guard let address = PublicAddress(source) else { throw .badSource(source) }
        return address.origin
    }
}
