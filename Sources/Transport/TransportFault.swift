import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

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
        case let error as NIOSSLError: tlsSentence(error)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            "the server's certificate is of another name; look at the address"
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

    private static func tlsSentence(_ error: NIOSSLError) -> String {
        let text = String(describing: error)
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return "the server's certificate is not trusted: it has expired, or an unknown authority or itself has "
                + "signed it; look at the address and this machine's clock, or name its authority with --ca-file"
        }
        if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
            return "the server does not speak TLS at this port; look at the address"
        }
        return "TLS failed: \(text.prefix(160))"
    }

    private static func connectionSentence(_ error: NIOConnectionError) -> String {
        if error.dnsAError != nil || error.dnsAAAAError != nil, error.connectionErrors.isEmpty {
            return "the name \(error.host) cannot be looked up"
        }
        guard let cause = error.connectionErrors.first?.error else { return "no connection, for no reason given" }
        switch cause {
        case let cause as IOError: return reason(cause.errnoCode)
        case let cause as NIOSSLError: return tlsSentence(cause)
        default: return "\(String(describing: cause).prefix(120))"
        }
    }

    private static func reason(_ code: CInt) -> String {
        String(cString: strerror(code))
    }
}
