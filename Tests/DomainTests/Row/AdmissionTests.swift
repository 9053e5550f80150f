import Domain
import Testing

@Suite struct AdmissionTests {
    private typealias Verdict = AdmissionPolicy.Verdict

    private static let now = Timestamp(milliseconds: 1_000_000_000)
    private static let retriable: Set<RowState> = [.rejected, .unlinked, .held]

    private static func verdict(
        _ state: RowState,
        tried: Timestamp? = nil,
        stopped: Bool = false,
        retry: Set<RowState> = []
    ) -> Verdict {
        AdmissionPolicy(now: now, recheck: .seconds(20 * 3_600), retry: retry)
            .verdict(state: state, triedAt: tried, stoppedRun: stopped)
    }

    private static let table: [RowState: Verdict] = [
        .linked: .skip, .invalid: .skip, .rejected: .skip, .unlinked: .skip, .held: .skip,
        .pending: .work(.inOrder), .retryable: .work(.inOrder), .minted: .work(.first), .needsUser: .work(.last),
        .posting: .reconcile, .inDoubt: .reconcile,
    ]

    @Test(arguments: RowState.allCases)
    func everyStateHasItsPlace(state: RowState) {
        #expect(Self.verdict(state) == Self.table[state])
    }

    @Test(arguments: RowState.allCases)
    func retryChangesOnlyStatesThatRest(state: RowState) {
        let expected = Self.retriable.contains(state) ? .work(.inOrder) : Self.table[state]
        #expect(Self.verdict(state, retry: Set(RowState.allCases)) == expected)
        #expect(Self.verdict(state, retry: [state]) == expected)
        #expect(Self.verdict(state, retry: Set(RowState.allCases).subtracting([state])) == Self.table[state])
    }

    @Test(arguments: RowState.allCases)
    func rowThatStoppedARunIsTriedLast(state: RowState) {
        let expected: Verdict? =
            switch Self.table[state] {
            case .work: .work(.last)
            case let other: other
            }
        #expect(Self.verdict(state, stopped: true) == expected)
    }

    @Test(arguments: retriable)
    func rowThatStoppedARunIsTriedLastWhenAskedForToo(state: RowState) {
        #expect(Self.verdict(state, stopped: true, retry: [state]) == .work(.last))
    }

    @Test(arguments: [
        (Duration.zero, Verdict.skip), (.seconds(1), .skip), (.seconds(20 * 3_600) - .milliseconds(1), .skip),
        (.seconds(20 * 3_600), .work(.last)), (.seconds(20 * 3_600) + .milliseconds(1), .work(.last)),
        (.seconds(90 * 86_400), .work(.last)), (.milliseconds(-1), .work(.last)), (.seconds(-86_400), .work(.last)),
    ])
    func needsUserWaitsForItsRecheck(age: Duration, expected: AdmissionPolicy.Verdict) {
        #expect(Self.verdict(.needsUser, tried: Self.now - age) == expected)
        #expect(Self.verdict(.needsUser, tried: Self.now - age, retry: [.needsUser]) == expected)
    }

    @Test func onlyNeedsUserWaits() {
        for state in RowState.allCases where state != .needsUser {
            #expect(Self.verdict(state, tried: Self.now) == Self.table[state], "\(state)")
        }
    }
}
