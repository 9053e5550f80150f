import CPostgreSQL
import Domain

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Makes a connection: not where others could listen, and for no longer than the time-out.
struct PostgreSQLDial {
    private let server: ServerAddress
    private var name: String { server.name }

    init(_ server: ServerAddress) {
        self.server = server
    }

    /// Connects.
    ///
    /// - Returns: The connection, which the caller has to close.
    /// - Throws: `LedgerError.unreachable`, `.refused` or `.insecure`.
    func connect() throws -> OpaquePointer {
        guard let connection = start() else { throw LedgerError.unreachable(path: name, why: "no memory is left") }
        do {
            // What a server tells besides its answers is not for standard error.
            PQsetNoticeProcessor(connection, { _, _ in }, nil)
            // Errors come with the five characters by which they are known in any language.
            PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
            let options = Self.options(of: connection)
            try checkSafety(options)
            if PQstatus(connection) == CONNECTION_BAD { throw failure(connection, isStarting: true) }
            try poll(connection, for: options["connect_timeout"].flatMap { Int32($0) } ?? 10)
            PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
            guard PQserverVersion(connection) >= 12_00_00 else {
                throw LedgerError.refused(path: name, why: "its server is older than PostgreSQL 12")
            }
            return connection
        } catch {
            PQfinish(connection)
            throw error
        }
    }

    /// Begins; what the URL says goes before what stands here ahead of it.
    private func start() -> OpaquePointer? {
        let settings: [(String, String)] = [
            ("connect_timeout", "10"), ("keepalives_idle", "10"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "30000"), ("application_name", "relink"),
            ("dbname", server.url.exposed), ("client_encoding", "UTF8"),
        ]
        return PostgreSQLParameters(settings.map(\.0) + [String?.none]).withPointers { _, keywords in
            PostgreSQLParameters(settings.map(\.1) + [String?.none]).withPointers { _, values in
                PQconnectStartParams(keywords, values, 1)
            }
        }
    }

    /// What applies after the URL, the environment, and the service file have been read.
    private static func options(of connection: OpaquePointer) -> [String: String] {
        guard let first = PQconninfo(connection) else { return [:] }
        defer { PQconninfoFree(first) }
        var options: [String: String] = [:]
        var at = first
        while let keyword = at.pointee.keyword {
            if let value = at.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            at += 1
        }
        return options
    }

    /// Makes sure that nobody on the way can listen, before anything has been sent.
    private func checkSafety(_ options: [String: String]) throws {
        if ["require", "verify-ca", "verify-full"].contains(options["sslmode"] ?? "") { return }
        let hosts = options["hostaddr"] ?? options["host"] ?? ""
        let remote = hosts.split(separator: ",").first { !Self.isHere(String($0)) }
        if let remote { throw LedgerError.insecure(path: name, host: String(remote)) }
    }

    private static func isHere(_ host: String) -> Bool {
        host.hasPrefix("/") || host.hasPrefix("@") || host.hasPrefix("127.") || ["localhost", "::1"].contains(host)
    }

    private func poll(_ connection: OpaquePointer, for seconds: Int32) throws {
        let clock = ContinuousClock()
        // Zero is for ever, as libpq has it.
        let end = clock.now + (seconds > 0 ? .seconds(max(2, seconds)) : .seconds(86_400))
        var events = Int16(POLLOUT)
        while true {
            let rest = (end - clock.now) / .milliseconds(1)
            var wait = pollfd(fd: PQsocket(connection), events: events, revents: 0)
            guard rest > 0, systemPoll(&wait, 1, Int32(rest.rounded(.up))) != 0 else {
                throw LedgerError.unreachable(path: name, why: "no answer within \(seconds) s")
            }
            switch PQconnectPoll(connection) {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_READING: events = Int16(POLLIN)
            case PGRES_POLLING_WRITING: events = Int16(POLLOUT)
            default: throw failure(connection)
            }
        }
    }

    private func failure(_ connection: OpaquePointer, isStarting: Bool = false) -> LedgerError {
        // What follows says where in the server's sources, or asks a question.
        let lines = String(cString: PQerrorMessage(connection)).split(whereSeparator: \.isNewline)
        let (why, state) = Self.withoutState(lines.first.map(String.init) ?? "")
        // What goes wrong before anything is sent is a setting, or a name that nobody knows now.
        let isAway = why.contains("translate host name") || why.hasPrefix("connection to server")
        let isUnknown = isStarting && !isAway
        let isOurs =
            isUnknown || PQconnectionNeedsPassword(connection) == 1 || why.contains("SSL")
            || why.contains("certificate")
        if isOurs || state.hasPrefix("28") || ["3D000", "42501"].contains(state) {
            return .refused(path: name, why: why)
        }
        return .unreachable(path: name, why: why)
    }

    /// Takes `28P01: ` out of `FATAL:  28P01: password authentication failed`.
    private static func withoutState(_ message: String) -> (String, state: String) {
        for part in message.split(separator: " ") where part.count == 6 && part.last == ":" {
            let state = part.dropLast()
            guard state.allSatisfy({ $0.isNumber || $0.isUppercase && $0.isASCII }),
                state.contains(where: \.isNumber)
            else { continue }
            let rest = message[part.endIndex...].drop { $0 == " " }
            return (String(message[..<part.startIndex]) + String(rest), String(state))
        }
        return (message, "")
    }
}

/// The system's own, which the method of this name would hide.
private func systemPoll(_ files: UnsafeMutablePointer<pollfd>, _ count: UInt, _ milliseconds: Int32) -> Int32 {
    poll(files, count, milliseconds)
}
