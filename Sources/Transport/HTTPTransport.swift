import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Sends calls over a pool of HTTP/1.1 connections.
///
/// It follows no redirect and repeats nothing by itself.
package struct HTTPTransport: HTTPSender {
    private let client: HTTPClient
    private let settings: TransportSettings
    private let openCalls: OpenCalls
    /// Runs tasks on the thread that carries the calls.
    package let executor: any TaskExecutor

    /// Runs `body` with a transport whose connections are closed afterwards.
    ///
    /// - Parameters:
    ///   - settings: What calls go by.
    ///   - openCalls: Where calls stand that are out, for whoever may have to give them up.
    ///   - body: What makes the calls.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or `TransportError`.
    package static func withTransport<Result>(
        _ settings: TransportSettings,
        openCalls: OpenCalls = OpenCalls(),
        _ body: (HTTPTransport) async throws -> Result
    ) async throws -> Result {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let client = HTTPClient(eventLoopGroup: loop, configuration: try configuration(settings))
        let transport = HTTPTransport(
            client: client,
            settings: settings,
            openCalls: openCalls,
            executor: EventLoopExecutor(loop)
        )
        do {
            let result = try await body(transport)
            try await client.shutdown()
            return result
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    /// Sends one call and waits for its whole answer, for the settings' time-out at most.
    package func perform(_ call: HTTPCall) async -> HTTPOutcome {
        let exchange = Exchange(limit: settings.bodyLimit)
        do {
            let deadline = NIODeadline.now() + TimeAmount(settings.timeout)
            let task = client.execute(request: try request(call), delegate: exchange, deadline: deadline)
            let number = openCalls.add(task)
            defer { openCalls.remove(number) }
            try await task.get()
            return outcome(exchange.snapshot)
        } catch {
            return fault(error, exchange.snapshot, of: call)
        }
    }

    private func request(_ call: HTTPCall) throws -> HTTPClient.Request {
        try HTTPClient.Request(
            url: call.url,
            method: HTTPMethod(rawValue: call.method.rawValue),
            headers: HTTPHeaders(call.headers.map { ($0.name, $0.value) }),
            body: call.body.map { .bytes($0) }
        )
    }

    private func outcome(_ progress: Exchange.Progress) -> HTTPOutcome {
        guard let head = progress.head else { return .lost(why: "the answer had no head") }
        return .answer(
            HTTPAnswer(
                status: Int(head.status.code),
                body: progress.body,
                dateMilliseconds: head.headers.first(name: "date").flatMap(HTTPDate.milliseconds),
                retryAfter: head.headers.first(name: "retry-after").flatMap { RetryAfter($0) }
            )
        )
    }

    private func fault(_ error: any Error, _ progress: Exchange.Progress, of call: HTTPCall) -> HTTPOutcome {
        if error is Exchange.TooLarge, let head = progress.head {
            return .unusable(
                status: Int(head.status.code),
                why: "the answer is larger than \(settings.bodyLimit) bytes"
            )
        }
        let why = TransportFault.sentence(error, timeout: settings.timeout)
        if progress.headSent { return .lost(why: why) }
        let host = call.url.split(separator: "/", maxSplits: 2).dropFirst().first ?? "the server"
        return .neverSent(why: "no connection to \(host): \(why)")
    }

    private static func configuration(_ settings: TransportSettings) throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.decompression = .disabled
        configuration.timeout = .init(connect: TimeAmount(settings.connectTimeout))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = settings.connections
        configuration.connectionPool.retryConnectionEstablishment = false
        // Shorter than servers keep an idle connection: a request sent into a closing one would be in doubt.
        configuration.connectionPool.idleTimeout = .seconds(10)
        // Nobody collects traces, and making them costs as much as the request's JSON.
        configuration.tracing.tracer = nil
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(FlushOnce(), position: .first)
            }
        }
        configuration.proxy = settings.proxy.map { .server(host: $0.host, port: $0.port) }
        if let file = settings.authoritiesFile {
            configuration.tlsConfiguration = try trusting(file)
        }
        return configuration
    }

    private static func trusting(_ file: String) throws -> TLSConfiguration {
        do {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(file))]
            return tls
        } catch {
            throw TransportError.unusableAuthorities(file: file, why: "\(error)")
        }
    }
}
