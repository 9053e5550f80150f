import Domain
import Testing

@Suite struct SecretTests {
    private static let canary = "access-production-canary"

    /// Every way in which a value may be turned into text.
    private static func texts(of value: some Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        var printed = ""
        print(value, to: &printed)
        debugPrint(value, terminator: "", to: &printed)
        return [String(describing: value), String(reflecting: value), "\(value)", dumped, printed]
            + Mirror(reflecting: value).children.map { "\($0)" }
    }

    @Test func isNeverPrinted() {
        let secret = Secret(Self.canary)
        #expect(secret.description == "(secret)")
        #expect(secret.debugDescription == "(secret)")
        #expect(Mirror(reflecting: secret).children.isEmpty)
        for text in Self.texts(of: secret) { #expect(!text.contains("canary")) }
    }

    @Test func isNeverPrintedFromWithin() {
        let secret = Secret(Self.canary)
        let fingerprint = Fingerprint(bytes: [1])
        let moment = Timestamp(milliseconds: 0)
        let identity = Identity(owner: Owner(kind: .customer, id: "c"), accountID: "a")
        let token = ProcessorToken(secret: secret, fingerprint: fingerprint, mintedAt: moment, run: 1)
        let holders: [Any] = [
            token, Link(id: 1, identity: identity, state: .minted, fingerprint: fingerprint, token: token),
            InputRow(
                identity: identity,
                credential: .accessToken(secret),
                reference: nil,
                position: InputPosition(file: "-", line: 1)
            ),
            RemoteCall(reply: .success(secret), sentAt: moment, latency: .zero),
            LinkChange(1, .minted(token, of: identity), at: moment), [secret], ["key": secret], Optional(secret) as Any,
        ]
        for holder in holders {
            for text in Self.texts(of: holder) { #expect(!text.contains("canary"), "\(type(of: holder))") }
        }
    }

    @Test func comparesByValue() {
        #expect(Secret("a") != Secret("b"))
        #expect(Secret("a") == Secret("a"))
        #expect(Set([Secret("a"), Secret("a"), Secret("b")]).count == 2)
        #expect(Secret(Self.canary).exposed == Self.canary)
    }
}
