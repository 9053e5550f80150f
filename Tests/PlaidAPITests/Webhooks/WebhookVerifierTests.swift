import Crypto
import Domain
import Foundation
import Testing

/// Which webhooks are believed.
@Suite("Webhooks' signatures", .timeLimit(.minutes(3)))
struct WebhookVerifierTests {
    @Test("what Plaid signed is believed, and its key is asked for once")
    func valid() async throws {
        let bench = SigningBench()
        #expect(await bench.rejection(of: try bench.header()) == nil)
        #expect(await bench.rejection(of: try bench.header()) == nil)
        #expect(bench.asked == ["key-1"])
    }

    @Test("other algorithms are refused before a key is asked for", arguments: ["none", "HS256", "es256", "ES384", ""])
    func algorithm(name: String) async throws {
        let bench = SigningBench()
        #expect(await bench.rejection(of: try bench.header(alg: name)) == .wrongAlgorithm)
        #expect(bench.asked.isEmpty)
    }

    @Test("no algorithm and no signature, or one made with the public key as a secret, is not Plaid's")
    func classics() async throws {
        let bench = SigningBench()
        let claims = #"{"iat":1800000000,"request_body_sha256":"\#(Self.digest(SigningBench.body))"}"#
        let bare = SigningBench.signed(#"{"alg":"none"}"#, claims) + "."
        #expect(await bench.rejection(of: bare) == .wrongAlgorithm)
        let signed = SigningBench.signed(#"{"alg":"HS256","kid":"key-1"}"#, claims)
        let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: SymmetricKey(data: Data("key".utf8)))
        #expect(await bench.rejection(of: signed + "." + SigningBench.base64URL(Data(code))) == .wrongAlgorithm)
    }

    @Test("the header has to be there")
    func missing() async {
        #expect(await SigningBench().rejection(of: nil) == .unsigned)
    }

    @Test("a signature of somebody else's under Plaid's key id is forged")
    func forged() async throws {
        let bench = SigningBench()
        let header = try bench.header(signer: P256.Signing.PrivateKey())
        #expect(await bench.rejection(of: header) == .forged)
        // Every part counts: a valid signature does not go with other claims.
        let (one, other) = (try bench.header(), try bench.header(iat: SigningBench.issued - 1))
        let mixed = one.split(separator: ".").prefix(2) + other.split(separator: ".").suffix(1)
        #expect(await bench.rejection(of: mixed.joined(separator: ".")) == .forged)
    }

    @Test(
        "five minutes back and one ahead, and no more",
        arguments: [
            (-301, .stale), (-299, nil), (60, nil), (62, .fromTheFuture), (-1_800_000_000, .stale),
        ] as [(Int, WebhookRejection?)]
    )
    func time(offset: Int, rejection: WebhookRejection?) async throws {
        let bench = SigningBench()
        let header = try bench.header(iat: SigningBench.issued + offset)
        #expect(await bench.rejection(of: header) == rejection)
    }

    @Test("what was believed grows stale")
    func ageing() async throws {
        let bench = SigningBench()
        let header = try bench.header()
        #expect(await bench.rejection(of: header) == nil)
        bench.advance(by: .seconds(300))
        #expect(await bench.rejection(of: header) == .stale)
    }

    @Test("a body of which one byte differs is another one")
    func otherBody() async throws {
        let bench = SigningBench()
        #expect(await bench.rejection(of: try bench.header(), SigningBench.body + [0x20]) == .otherBody)
        #expect(await bench.rejection(of: try bench.header(), []) == .otherBody)
        #expect(await bench.rejection(of: try bench.header(digest: Self.digest([]))) == .otherBody)
        #expect(bench.asked.isEmpty, "what is wrong without a key costs no call")
    }

    @Test("what is no token is refused")
    func malformed() async throws {
        let bench = SigningBench()
        let good = try bench.header()
        let parts = good.split(separator: ".").map(String.init)
        let headers = [
            "", ".", "..", "...", good + ".", good + ".e30", parts[0] + "." + parts[1], "." + good,
            parts[0] + "=." + parts[1] + "." + parts[2], " " + good, "!" + good, good + "!",
            parts[0] + "." + parts[1] + ".", good.replacing("-", with: "+") + "/", good + "A",
            parts[0] + ".bnVsbA." + parts[2], "W10." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + "." + String(repeating: "A", count: 5_000),
            try bench.header(more: #","crit":["exp"]"#), try bench.header(kid: ""),
            try bench.header(kid: String(repeating: "k", count: 129)), try bench.header(digest: "00"),
            try bench.header(digest: String(repeating: "z", count: 64)),
        ]
        for header in headers { #expect(await bench.rejection(of: header) == .malformed, "\(header)") }
        // DER in place of the two numbers.
        let der = try P256.Signing.PrivateKey().signature(for: Data("x".utf8)).derRepresentation
        let asDER = parts[0] + "." + parts[1] + "." + SigningBench.base64URL(der)
        #expect(await bench.rejection(of: asDER) == .malformed)
        #expect(bench.asked.isEmpty)
    }

    @Test("no sentence shows anything of the webhook's")
    func sentences() {
        let sentences = Set(WebhookRejection.allCases.map(\.description))
        #expect(sentences.count == WebhookRejection.allCases.count)
        #expect(sentences.allSatisfy { $0.hasPrefix("The ") && $0.hasSuffix(".") })
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }
}
