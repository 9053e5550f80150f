import Transport

/// An address that raises the alarm when it has heard nothing for too long.
struct Heartbeat: Sendable {
    /// Which calls its owner knows.
    enum Style: String, Sendable {
        /// The address after a success, and nothing else.
        case plain
        /// Besides, `/start` and `/fail` below it, as healthchecks.io has them.
        case healthchecks
    }

    private static let timeout = Duration.seconds(10)
    private static let tries = 3

    /// Checked already; whoever knows it can silence the alarm, so it is never told.
    let address: String
    let style: Style
    let proxy: TransportSettings.Proxy?
    let authoritiesFile: String?

    /// Tells that a run begins, where the style has that.
    func tellOfStart() async {
        if style == .healthchecks { await call(Self.address(address, below: "start"), tries: 1) }
    }

    /// Tells that a run has succeeded, or, where the style has that, that it has not.
    func tellOfEnd(isSuccess: Bool) async {
        if isSuccess {
            await call(address, tries: Self.tries)
        } else if style == .healthchecks {
            await call(Self.address(address, below: "fail"), tries: Self.tries)
        }
    }

    /// The address with another last segment, before its query if it has one.
    static func address(_ address: String, below segment: String) -> String {
        let path = address.prefix { $0 != "?" }
        return (path.hasSuffix("/") ? path.dropLast() : path) + "/" + segment + address.dropFirst(path.count)
    }

    private func call(_ address: String, tries: Int) async {
        var settings = TransportSettings(connections: 1, timeout: Self.timeout, proxy: proxy)
        settings.authoritiesFile = authoritiesFile
        do {
            let why = try await HTTPTransport.withTransport(settings) { transport in
                await fault(of: address, transport, tries)
            }
            if let why { Console.tell("relink: --heartbeat: \(host) was not told: \(why).") }
        } catch {
            Console.tell("relink: --heartbeat: \(host) was not told: \(error).")
        }
    }

    /// What went wrong at the last try, or nothing once one has succeeded.
    private func fault(of address: String, _ transport: HTTPTransport, _ tries: Int) async -> String? {
        var fault: String?
        for number in 1...tries {
            if number > 1 { try? await ContinuousClock().sleep(for: .seconds(1)) }
            let call = HTTPCall(method: .get, url: address, headers: [("User-Agent", "relink")])
            fault = Self.fault(await transport.perform(call))
            if fault == nil { return nil }
        }
        return fault
    }

    private static func fault(_ outcome: HTTPOutcome) -> String? {
        switch outcome {
        case .answer(let answer): (200..<300).contains(answer.status) ? nil : "it answered \(answer.status)"
        case .neverSent(let why), .lost(let why): why
        case .unusable(let status, _): (200..<300).contains(status) ? nil : "it answered \(status)"
        }
    }

    private var host: String {
        String(address.split(separator: "/", maxSplits: 2).dropFirst().first?.prefix { $0 != "/" && $0 != "?" } ?? "")
    }
}
