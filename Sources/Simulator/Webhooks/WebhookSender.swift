import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Sends webhooks in the order they come, each by itself, so that a receiver that hangs holds up no other.
struct WebhookSender: Sendable {
    private static let tries = 3
    private static let pause = Duration.seconds(1)

    let world: World

    func run() async {
        await withDiscardingTaskGroup { group in
            for await number in world.outbox {
                group.addTask { await send(number) }
            }
            group.cancelAll()
        }
    }

    private func send(_ number: Int) async {
        for attempt in 1...WebhookSender.tries {
            guard let webhook = world.webhook(number) else { return }
            world.note(await status(of: webhook), ofWebhook: number)
            guard attempt < WebhookSender.tries, world.webhook(number)?.isDelivered == false else { return }
            guard (try? await Task.sleep(for: WebhookSender.pause)) != nil else { return }
        }
    }

    private func status(of webhook: Webhook) async -> Int? {
        var request = HTTPClientRequest(url: webhook.url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        if let header = webhook.verification { request.headers.add(name: "Plaid-Verification", value: header) }
        request.body = .bytes(ByteBuffer(string: webhook.body))
        return (try? await HTTPClient.shared.execute(request, timeout: .seconds(10))).map { Int($0.status.code) }
    }
}
