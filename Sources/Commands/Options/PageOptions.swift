import ArgumentParser
import Domain
import Ledger
import LinkPage

/// Where and how pages are served.
struct PageOptions: ParsableArguments {
    @Option(help: "The address and port to listen on; other hosts than loopback need TLS. Default: 127.0.0.1:8090.")
    var bind = "127.0.0.1:8090"

    @Option(
        name: .customLong("base-url"),
        help: ArgumentHelp("What customers' addresses begin with, as https://link.example.com.", valueName: "url")
    )
    var givenBaseURL: String?

    /// The same without a slash at its end.
    var baseURL: String? {
        givenBaseURL.map { url in String(url.prefix(url.count - url.reversed().prefix { $0 == "/" }.count)) }
    }

    @Option(help: "A file with the certificate chain (PEM).")
    var tlsCertificate: String?

    @Option(help: "A file with the certificate's key (PEM).")
    var tlsKey: String?

    @Flag(help: "A proxy in front says in X-Forwarded-For who the customer is.")
    var behindProxy = false

    @Option(
        help: ArgumentHelp("Plaid's script from another address than Plaid's, as a simulator's.", valueName: "url")
    )
    var linkScript: String?

    func validate() throws {
        if (tlsCertificate == nil) != (tlsKey == nil) {
            throw ValidationError("--tls-certificate and --tls-key go together.")
        }
    }

    /// How pages are served.
    ///
    /// - Parameters:
    ///   - brand: The brand's name.
    ///   - plaid: The base address of Plaid's API.
    ///   - isSimulator: Whether that is a simulator, which has Link's script, too.
    /// - Returns: The configuration, with a key of this process's own.
    /// - Throws: `CommandFailure` 64 where the address to listen on is none.
    func configuration(brand: String, plaid: String, isSimulator: Bool) throws -> LinkPageConfiguration {
        let address = try address()
        return LinkPageConfiguration(
            host: address.host,
            port: address.port,
            baseURL: baseURL,
            tls: tlsCertificate.flatMap { certificate in
                tlsKey.map { LinkPageConfiguration.TLSFiles(certificates: certificate, key: $0) }
            },
            sources: sources(plaid: plaid, isSimulator: isSimulator),
            brand: brand,
            trustsProxy: behindProxy,
            key: Secret(LedgerKeys.makeSalt().map { String($0, radix: 16) }.joined(separator: "-"))
        )
    }

    private func sources(plaid: String, isSimulator: Bool) -> LinkPageConfiguration.Sources {
        let script = linkScript ?? (isSimulator ? plaid + "/link/v2/stable/link-initialize.js" : nil)
        guard let script else { return .live(api: plaid) }
        // The script's own origin is where its frames come from.
        let origin = script.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
        return LinkPageConfiguration.Sources(
            script: script,
            frames: [origin.joined(separator: "/")],
            calls: [plaid]
        )
    }

    private func address() throws -> (host: String, port: Int) {
        guard let colon = bind.lastIndex(of: ":"), let port = Int(bind[bind.index(after: colon)...]),
            (0...65_535).contains(port), colon > bind.startIndex
        else { throw CommandFailure(.usage, "--bind \(bind) is no address with a port, as 127.0.0.1:8090.") }
        let host = bind[..<colon]
        return (host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : String(host), port)
    }
}
