import Domain
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL

extension LinkServer {
    /// Cuts off connections on which nothing happens for so long.
    private static let idleTimeout = TimeAmount.seconds(60)

    /// What customers' addresses begin with; nothing where that is the bound address.
    ///
    /// - Throws: Where the base address is none, or customers would talk to the server in the open.
    static func address(_ configuration: LinkPageConfiguration) throws(LinkPageError) -> PublicAddress? {
        var address: PublicAddress?
        if let text = configuration.baseURL {
            guard let read = PublicAddress(text) else { throw .badBaseURL(text) }
            address = read
        }
        let isPrivate = configuration.tls != nil || address?.isPrivate == true
        guard isPrivate || isLoopback(configuration.host) else { throw .notPrivate(host: configuration.host) }
        return address
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1"
            || host.hasPrefix("127.") && (try? SocketAddress(ipAddress: host, port: 0)) != nil
    }

    /// HTTP, inside TLS where there are files for it.
    static func builder(_ files: LinkPageConfiguration.TLSFiles?) throws(LinkPageError) -> HTTPServerBuilder {
        let plain = HTTPServerBuilder.http1(configuration: HTTP1Channel.Configuration(idleTimeout: idleTimeout))
        guard let files else { return plain }
        let chain = try read(files.certificates) { try NIOSSLCertificate.fromPEMFile($0) }
        guard !chain.isEmpty else {
            throw .badCertificate(file: files.certificates, reason: "there is no certificate in it")
        }
        let key = try read(files.key) { try NIOSSLPrivateKey(file: $0, format: .pem) }
        var settings = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        settings.minimumTLSVersion = .tlsv12
        // The pair is only compared where it is used.
        return try read(files.certificates) { _ in try .tls(plain, tlsConfiguration: settings) }
    }

    private static func read<Value>(
        _ file: String,
        _ body: (String) throws -> Value
    ) throws(LinkPageError) -> Value {
        do {
            return try body(file)
        } catch {
            throw .badCertificate(file: file, reason: "\(error)")
        }
    }

    /// Puts together what answers requests.
    static func router(
        _ configuration: LinkPageConfiguration,
        _ address: PublicAddress?,
        desk: any LinkDesk,
        webhooks: (any WebhookCheck)?,
        logger: Logger,
        now: @escaping @Sendable () -> Duration
    ) throws(LinkPageError) -> LinkRouter {
        let isPrivate = address?.isPrivate ?? (configuration.tls != nil)
        let prefix = address?.prefix ?? ""
        let assets = Assets(prefix: prefix)
        let replies = Replies(try PageTemplate(configuration, assets: assets))
        let reception = Reception(
            desk: desk,
            check: RequestCheck(key: configuration.key),
            origins: OriginRule(origin: address?.origin, scheme: isPrivate ? "https" : "http"),
            trustsProxy: configuration.trustsProxy,
            guesses: Limiter(size: 30, refill: .seconds(10), now: now)
        )
        let site = InvitationSite(
            desk: desk,
            reception: reception,
            replies: replies,
            cookie: ReturnCookie(isPrivate: isPrivate),
            // Six in ten minutes.
            openings: Limiter(size: 6, refill: .seconds(100), now: now),
            logger: logger
        )
        let policy = try PagePolicy(sources: configuration.sources, isPrivate: isPrivate)
        let shell = PageShell(policy: policy, replies: replies, logger: logger)
        let inbox = webhooks.map { check in
            // A hundred at once, then twenty a second.
            let arrivals = Limiter(size: 100, refill: .milliseconds(50), now: now)
            return WebhookInbox(desk: desk, check: check, replies: replies, arrivals: arrivals, logger: logger)
        }
        return LinkRouter(site: site, inbox: inbox, assets: assets, shell: shell, prefix: prefix)
    }
}
