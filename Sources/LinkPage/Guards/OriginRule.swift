import Hummingbird

/// Tells a request of the page's own from one that another site makes a customer's browser send.
struct OriginRule: Sendable {
    /// The origin that customers see; nothing where it is whatever they reached the server by.
    let origin: String?
    let scheme: String

    private static let fetchSite = HTTPFields.Element.Name("Sec-Fetch-Site")

    /// Whether the browser says that the request comes from a page of ours.
    func allows(_ request: Request) -> Bool {
        let site = OriginRule.fetchSite.flatMap { request.headers[$0] }
        if let site, site != "same-origin" { return false }
        guard let told = request.headers[.origin], told != "null" else { return site != nil }
        return told == origin ?? "\(scheme)://\(request.head.authority ?? "")"
    }
}
