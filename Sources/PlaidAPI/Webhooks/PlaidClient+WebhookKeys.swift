package import Domain
import FoundationEssentials
import Transport

extension PlaidClient {
    /// Reads a key that webhooks are signed with (`POST /webhook_verification_key/get`); never throws, a fault is a
    /// reply.
    package func getWebhookKey(id: String) async -> RemoteCall<WebhookKey> {
        await call("/webhook_verification_key/get", WebhookKeyWire.Request(keyId: id), redaction([])) { body in
            guard let response = try? SnakeCaseJSON.decoder.decode(WebhookKeyWire.Response.self, from: body),
                let key = WebhookKey(response.key), key.id == id
            else { return nil }
            return (key, response.requestId)
        }
    }
}
