import AsyncHTTPClient
import NIOCore
import NIOPosix

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Puts what the network library throws into a sentence for a person.
enum TransportFault {
    /// One sentence on what went wrong, without addresses of the library's own types.
    static func sentence(_ error: any Error, timeout: Duration) -> String {
        switch error {
        case let error as HTTPClientError: clientSentence(error, timeout: timeout)
        case let error as NIOConnectionError: connectionSentence(error)
        case let error as IOError: reason(error.errnoCode)
        default: "network error: \(String(describing: error).prefix(200))"
        }
    }

    private static func clientSentence(_ error: HTTPClientError, timeout: Duration) -> String {
        switch error {
        case .deadlineExceeded, .readTimeout, .writeTimeout: "no whole answer within \(timeout)"
        case .connectTimeout: "no connection in time"
        case .tlsHandshakeTimeout: "no TLS handshake in time"
        case .getConnectionFromPoolTimeout: "no free connection in time"
        case .remoteConnectionClosed: "the server closed the connection without a whole answer"
        default: "network error: \(error.description)"
        }
    }

    private static func connectionSentence(_ error: NIOConnectionError) -> String {
        if error.dnsAError != nil || error.dnsAAAAError != nil, error.connectionErrors.isEmpty {
            return "the name \(error.host) cannot be looked up"
        }
        guard let cause = error.connectionErrors.first?.error else { return "no connection, for no reason given" }
        return (cause as? IOError).map { reason($0.errnoCode) } ?? "\(String(describing: cause).prefix(120))"
    }

    private static func reason(_ code: CInt) -> String {
        String(cString: strerror(code))
    }
}
