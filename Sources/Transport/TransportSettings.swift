/// How connections are made.
package struct TransportSettings: Sendable {
    /// Open connections to one host at most.
    package var connections: Int
    /// A whole call, from asking for a connection to the last byte of the answer.
    package var timeout: Duration
    /// Making a connection, TLS included.
    package var connectTimeout: Duration
    /// The largest answer that is read.
    package var bodyLimit: Int
    /// `host:port` of an HTTP proxy for `https` calls.
    package var proxy: Proxy?
    /// A PEM file of authorities that are trusted besides the system's.
    package var authoritiesFile: String?

    package init(
        connections: Int,
        timeout: Duration,
        connectTimeout: Duration = .seconds(10),
        bodyLimit: Int = 1 << 20,
        proxy: Proxy? = nil,
        authoritiesFile: String? = nil
    ) {
        self.connections = connections
        self.timeout = timeout
        self.connectTimeout = min(connectTimeout, timeout)
        self.bodyLimit = bodyLimit
        self.proxy = proxy
        self.authoritiesFile = authoritiesFile
    }

    /// An HTTP proxy.
    package struct Proxy: Sendable, Equatable {
        package let host: String
        package let port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }
}
