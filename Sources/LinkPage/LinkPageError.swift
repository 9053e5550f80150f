/// Why the page for Plaid Link cannot be served.
package enum LinkPageError: Error, Equatable, CustomStringConvertible {
    /// The base address is none.
    case badBaseURL(String)
    /// An address of Plaid's parts is none.
    case badSource(String)
    /// The key for checks is too short to be one.
    case weakKey
    /// Customers' connections from elsewhere would not be private.
    case notPrivate(host: String)
    /// The certificates or their key cannot be used.
    case badCertificate(file: String, reason: String)
    /// The page's template is broken.
    case badTemplate(String)

    /// One sentence that says what to do.
    package var description: String {
        switch self {
        case .badBaseURL(let text):
            "'\(text)' is not an address that pages can begin with; give one such as https://link.example.com."
        case .badSource(let text):
            "'\(text)' is not an address that the page can load from; give one that begins with https://."
        case .weakKey:
            "The key for the page's checks must have at least 32 bytes."
        case .notPrivate(let host):
            """
            Listening on \(host) without TLS would let others on the network read along; give certificate and key, \
            or an https base address where a proxy in front of it has them.
            """
        case .badCertificate(let file, let reason):
            "The certificate or key in '\(file)' cannot be used: \(reason)."
        case .badTemplate(let reason):
            "The page's template cannot be read: \(reason)."
        }
    }
}
