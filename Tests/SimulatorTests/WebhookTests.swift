import Crypto
import Foundation
import NIOHTTP1
import Simulator
import Testing

@Suite(.timeLimit(.minutes(5))) struct WebhookTests {
    private func decoded(_ part: Substring) -> Data? {
        var text = String(part.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        return Data(base64Encoded: text)
    }

    /// Whether a header is right for a body, by the key that Plaid gives for it; what it claims, where it is.
    private func claims(of header: String, _ harness: Harness) async throws -> JSON? {
        let parts = header.split(separator: ".")
        try #require(parts.count == 3)
        let head = try JSON(parsing: try #require(decoded(parts[0])))
        #expect(head["alg"] == "ES256")
        let told = try await harness.plaid("/webhook_verification_key/get", ["key_id": head["kid"] ?? .null])
        let key = try #require(told["key"])
        #expect(key["kty"] == "EC" && key["crv"] == "P-256" && key["kid"] == head["kid"])
        let point = try ["x", "y"].reduce(into: Data()) { point, name in
            point += try #require(decoded(Substring(key[name]?.string ?? "")))
        }
        let signature = try P256.Signing.ECDSASignature(rawRepresentation: try #require(decoded(parts[2])))
        let isRight = try P256.Signing.PublicKey(rawRepresentation: point)
            .isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8))
        // Not `nil`, which would be JSON's own.
        return isRight ? try JSON(parsing: try #require(decoded(parts[1]))) : Optional.none
    }

    private func digest(_ text: String) -> JSON {
        .string(
            SHA256.hash(data: Data(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        )
    }

    @Test(arguments: [SessionEnding.success(), .exit])
    func aFinishedSessionIsAnnouncedAndSigned(ending: SessionEnding) async throws {
        try await LittleServer.run { server in
            try await Harness.run { (harness: Harness) async throws in
                let token = try await harness.linkToken(["webhook": .string(server.url + "/hook")])
                let session = try harness.world.finishSession(of: token, as: ending)
                try await eventually { !server.received.isEmpty }
                let received = try #require(server.received.first)
                #expect(received.method == "POST" && received.path == "/hook")
                let status: JSON = ending == .exit ? "EXITED" : "SUCCESS"
                #expect(
                    try JSON(parsing: received.body.utf8) == [
                        "webhook_type": "LINK", "webhook_code": "SESSION_FINISHED", "status": status,
                        "link_session_id": .string(session.id), "link_token": .string(token),
                        "public_tokens": .array([session.publicToken].compactMap(\.self).map(JSON.string)),
                        "environment": "sandbox",
                    ]
                )
                let claims = try await claims(of: received.header("Plaid-Verification") ?? "", harness)
                #expect(claims?["request_body_sha256"] == digest(received.body))
                #expect(claims?["iat"] == 1_709_287_200)
            }
        }
    }

    @Test func signaturesCanBeWrong() async throws {
        try await LittleServer.run { server in
            try await Harness.run { (harness: Harness) async throws in
                for signature in ["missing", "forged", "stale", "other_body"] {
                    _ = try await harness.admin(.POST, "faults", ["webhook_signature": .string(signature)])
                    let order: JSON = ["url": .string(server.url), "body": ["webhook_type": .string(signature)]]
                    #expect(try await harness.admin(.POST, "webhooks", order).status == 202)
                }
                try await eventually { server.received.count == 4 }
                for received in server.received {
                    let kind = try JSON(parsing: received.body.utf8)["webhook_type"]
                    let header = received.header("Plaid-Verification")
                    #expect((header == nil) == (kind == "missing"))
                    guard let header else { continue }
                    let claims = try await claims(of: header, harness)
                    #expect((claims == nil) == (kind == "forged"))
                    guard let claims else { continue }
                    #expect((claims["iat"] == 1_709_286_600) == (kind == "stale"))
                    #expect((claims["request_body_sha256"] == digest(received.body)) == (kind == "stale"))
                }
            }
        }
    }

    @Test func aWebhookThatIsRefusedIsSentAgain() async throws {
        let answer: LittleServer.Answer = { _, earlier in Served(status: earlier == 0 ? 503 : 200) }
        try await LittleServer.run(answer: answer) { server in
            try await Harness.run { (harness: Harness) async throws in
                harness.world.send(["webhook_type": "ITEM"], to: server.url)
                try await eventually { harness.world.webhooks.first?.isDelivered == true }
                #expect(harness.world.webhooks.first?.tries == 2)
                #expect(server.received.count == 2)
                #expect(try await harness.admin(.GET, "webhooks").json?.elements?.first?["status"] == 200)
            }
        }
    }

    @Test func nobodyIsToldWhereThereIsNoWebhook() async throws {
        try await Harness.run { (harness: Harness) async throws in
            try harness.world.finishSession(of: try await harness.linkToken())
            #expect(harness.world.webhooks.isEmpty)
        }
    }

    @Test func anUnknownKeyIsRefused() async throws {
        try await Harness.run { (harness: Harness) async throws in
            let refused = try await harness.plaid("/webhook_verification_key/get", ["key_id": "another"])
            #expect(refused["error_code"] == "INVALID_WEBHOOK_VERIFICATION_KEY_ID")
        }
    }
}
