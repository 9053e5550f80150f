/// One request to be sent: everything but the connection.
package struct HTTPCall: Sendable {
    /// The methods the two APIs are spoken to with.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    package let method: Method
    /// The whole URL.
    package let url: String
    /// Names and values; credentials among them, so never printed.
    package let headers: [(name: String, value: String)]
    /// The body's bytes; nothing for a GET.
    package let body: [UInt8]?

    package init(method: Method, url: String, headers: [(name: String, value: String)], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
