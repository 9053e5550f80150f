import Synchronization

extension World {
    /// Every webhook since the start, the oldest first.
    package var webhooks: [Webhook] {
        state.withLock { $0.webhooks }
    }

    /// Signs a body as the behaviour has it and sends it off; it is tried up to three times.
    package func send(_ body: JSON, to url: String) {
        let text = body.text
        let signature = behaviour.webhookSignature
        // Signing fails for no key that this library makes; a webhook without a header is what a receiver then sees.
        let header = try? webhookKey.verification(of: text, at: environment.now(), signature)
        let number = state.withLock { state in
            state.webhooks.append(Webhook(url: url, body: text, verification: header))
            return state.webhooks.count - 1
        }
        outboxInlet.yield(number)
    }

    /// Tells the link token's webhook, if it has one, that a session is over.
    func announce(_ session: LinkSession, of linkToken: LinkTokenRecord) {
        guard let url = linkToken.webhook else { return }
        send(
            [
                "webhook_type": "LINK", "webhook_code": "SESSION_FINISHED", "status": .string(session.status),
                "link_session_id": .string(session.id), "link_token": .string(linkToken.token),
                "public_tokens": .array([session.publicToken].compactMap(\.self).map(JSON.string)),
                "environment": "sandbox",
            ],
            to: url
        )
    }

    func webhook(_ number: Int) -> Webhook? {
        state.withLock { $0.webhooks.indices.contains(number) ? $0.webhooks[number] : nil }
    }

    func note(_ status: Int?, ofWebhook number: Int) {
        state.withLock { state in
            guard state.webhooks.indices.contains(number) else { return }
            state.webhooks[number].tries += 1
            state.webhooks[number].status = status
        }
    }
}

extension PlaidAPI {
    func verificationKey(_ request: PlaidRequest) throws(PlaidProblem) -> [String: JSON] {
        guard request.text("key_id") == world.webhookKey.id else {
            throw PlaidProblem(
                type: "INVALID_INPUT",
                code: "INVALID_WEBHOOK_VERIFICATION_KEY_ID",
                message: "invalid key_id provided. note that key_ids are specific to Plaid environments"
            )
        }
        return ["key": world.webhookKey.json]
    }
}
