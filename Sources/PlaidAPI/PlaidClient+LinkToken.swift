package import Domain
import FoundationEssentials
import Transport

extension PlaidClient {
    package func createLinkToken(_ order: LinkTokenOrder) async -> RemoteCall<LinkToken> {
        await call(
            "/link/token/create",
            LinkTokenWire.Request(order),
            redaction([order.accessToken?.exposed].compactMap(\.self)),
            decode: Self.linkToken
        )
    }

    /// The token in a 200's body; an empty one is none.
    private static func linkToken(_ body: Data) -> (value: LinkToken, requestID: String?)? {
        guard let response = try? SnakeCaseJSON.decoder.decode(LinkTokenWire.Response.self, from: body),
            !response.linkToken.isEmpty
        else { return nil }
        let token = LinkToken(
            secret: Secret(response.linkToken),
            expiration: response.expiration,
            hostedURL: response.hostedLinkUrl.flatMap { $0.isEmpty ? nil : Secret($0) }
        )
        return (token, response.requestId)
    }
}
