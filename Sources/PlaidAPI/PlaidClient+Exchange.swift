package import Domain
import FoundationEssentials
import Transport

extension PlaidClient {
    package func exchange(publicToken: Secret) async -> RemoteCall<ExchangedToken> {
        await call(
            "/item/public_token/exchange",
            ExchangeWire.Request(publicToken: publicToken.exposed),
            redaction([publicToken.exposed]),
            decode: Self.exchanged
        )
    }

    /// The token in a 200's body; an empty one is none.
    private static func exchanged(_ body: Data) -> (value: ExchangedToken, requestID: String?)? {
        guard let response = try? SnakeCaseJSON.decoder.decode(ExchangeWire.Response.self, from: body),
            !response.accessToken.isEmpty
        else { return nil }
        let token = ExchangedToken(accessToken: Secret(response.accessToken), itemID: response.itemId ?? "")
        return (token, response.requestId)
    }
}
