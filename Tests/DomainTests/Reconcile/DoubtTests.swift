import Domain
import Testing

@Suite struct DoubtTests {
    private static let intent = Timestamp(milliseconds: 1_000_000)

    private static func doubt(ended: Duration = .seconds(30), offset: Duration? = nil) -> Doubt {
        Doubt(
            link: 1,
            identity: Identity(owner: Owner(kind: .customer, id: "c"), accountID: "a"),
            cause: .unanswered,
            intentAt: intent,
            endedAt: intent + ended,
            clockOffset: offset
        )
    }

    @Test func settlesAfterTheCallsEnd() {
        #expect(Self.doubt().settledAt(settle: .seconds(60)) == Self.intent + .seconds(90))
        #expect(Self.doubt(offset: .seconds(3_600)).settledAt(settle: .seconds(60)) == Self.intent + .seconds(90))
    }

    @Test(
        arguments: [
            (nil, nil, Duration.zero), (nil, .seconds(5), .seconds(5)), (.seconds(3_600), nil, .seconds(3_600)),
            (.seconds(-3_600), .seconds(5), .seconds(-3_600)), (Duration.zero, .seconds(5), .zero),
        ] as [(Duration?, Duration?, Duration)]
    )
    func windowIsOnBondsClock(own: Duration?, fallback: Duration?, applied: Duration) {
        let window = Self.doubt(offset: own).window(settle: .seconds(60), fallbackOffset: fallback)
        #expect(window.lowerBound == Self.intent + applied - .seconds(2))
        #expect(window.upperBound == Self.intent + applied + .seconds(91))
    }

    @Test func clockSetBackLeavesAWindow() {
        let window = Self.doubt(ended: .seconds(-3_600)).window(settle: .seconds(60), fallbackOffset: nil)
        #expect(window == (Self.intent - .seconds(2))...(Self.intent - .seconds(2)))
    }
}
