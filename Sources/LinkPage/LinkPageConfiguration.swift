package import Domain

/// Everything that the page for Plaid Link is served with.
package struct LinkPageConfiguration: Sendable {
    /// Where the page's parts from Plaid come from, and so what its policy allows.
    package struct Sources: Sendable, Equatable {
        /// The address of Plaid's script.
        package var script: String
        /// The origins that Link's frames come from.
        package var frames: [String]
        /// The origins that Link's script calls, beside the page's own.
        package var calls: [String]

        package init(script: String = Sources.liveScript, frames: [String] = Sources.liveFrames, calls: [String]) {
            self.script = script
            self.frames = frames
            self.calls = calls
        }

        /// Where Plaid has its script; it may not be served from anywhere else.
        package static let liveScript = "https://cdn.plaid.com/link/v2/stable/link-initialize.js"
        /// Where Plaid has Link's frames.
        package static let liveFrames = ["https://cdn.plaid.com"]

        /// The sources as Plaid serves them, with calls to one of its API's hosts.
        ///
        /// - Parameter api: The API's base address, such as `https://production.plaid.com`.
        /// - Returns: Plaid's own script and frames, and that host.
        package static func live(api: String) -> Sources { Sources(calls: [api]) }
    }

    /// Files with a certificate chain and its key, both PEM.
    package struct TLSFiles: Sendable, Equatable {
        package var certificates: String
        package var key: String

        package init(certificates: String, key: String) {
            self.certificates = certificates
            self.key = key
        }
    }

    /// The address to listen on.
    package var host: String
    /// The port to listen on; 0 takes any free one.
    package var port: Int
    /// What the page's addresses begin with for customers, a path included; nothing where they reach the bound address.
    package var baseURL: String?
    /// What makes connections private; nothing leaves that to a proxy.
    package var tls: TLSFiles?
    package var sources: Sources
    /// The brand's name, as customers know it.
    package var brand: String
    package var texts: LinkPageTexts
    /// Whether the customer's address is what the proxy in front says it is.
    package var trustsProxy: Bool
    /// What checks of requests are made with: 32 random bytes or more; with a new one, open pages get new checks.
    package var key: Secret

    package init(
        host: String = "127.0.0.1",
        port: Int = 0,
        baseURL: String? = nil,
        tls: TLSFiles? = nil,
        sources: Sources,
        brand: String,
        texts: LinkPageTexts = .english,
        trustsProxy: Bool = false,
        key: Secret
    ) {
        self.host = host
        self.port = port
        self.baseURL = baseURL
        self.tls = tls
        self.sources = sources
        self.brand = brand
        self.texts = texts
        self.trustsProxy = trustsProxy
        self.key = key
    }
}
