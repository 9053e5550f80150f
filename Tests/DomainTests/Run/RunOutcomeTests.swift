import Domain
import Testing

@Suite struct RunOutcomeTests {
    private static let needsAttention: [RowState] = [.needsUser, .inDoubt, .posting]
    private static let failed: [RowState] = [
        .rejected, .invalid, .retryable, .held, .unlinked, .pending, .minted,
    ]
    private static let stops: [(RunStop, RunOutcome, Int32)] = [
        (.unwritable(""), .unwritable, 74), (.refused(""), .refused, 77),
        (.interrupted(signal: 2), .interrupted, 130), (.interrupted(signal: 15), .interrupted, 143),
        (.unavailable(""), .unavailable, 75), (.limit, .limit, 4), (.deadline, .deadline, 4),
        (.halted(""), .halted, 4),
    ]

    private static func verdict(_ stop: RunStop?, _ states: [RowState: Int]) -> RunVerdict {
        RunVerdict(stop: stop, states: states)
    }

    @Test func stopOutranksTheRows() {
        let rows: [[RowState: Int]] = [[:], [.linked: 3], [.needsUser: 1, .rejected: 2], [.inDoubt: 1], [.invalid: 1]]
        for (stop, outcome, code) in Self.stops {
            for states in rows {
                #expect(Self.verdict(stop, states) == RunVerdict(outcome: outcome, exitCode: code), "\(stop) \(states)")
            }
        }
    }

    @Test(arguments: needsAttention)
    func userOrDoubtOutranksFailure(state: RowState) {
        let expected = RunVerdict(outcome: .needsAttention, exitCode: 3)
        #expect(Self.verdict(nil, [state: 1]) == expected)
        for other in Self.failed + [.linked] { #expect(Self.verdict(nil, [state: 1, other: 5]) == expected) }
    }

    @Test(arguments: failed)
    func failureIsOne(state: RowState) {
        let expected = RunVerdict(outcome: .rowsFailed, exitCode: 1)
        #expect(Self.verdict(nil, [state: 1]) == expected)
        #expect(Self.verdict(nil, [state: 1, .linked: 5, .needsUser: 0, .inDoubt: 0]) == expected)
    }

    @Test func everythingLinkedOrNothingThereIsDone() {
        let expected = RunVerdict(outcome: .done, exitCode: 0)
        #expect(Self.verdict(nil, [:]) == expected)
        #expect(Self.verdict(nil, [.linked: 7]) == expected)
        #expect(Self.verdict(nil, [.linked: 7, .rejected: 0, .inDoubt: 0]) == expected)
    }

    @Test func everyStateCounts() {
        let known = Self.needsAttention + Self.failed + [.linked]
        #expect(Set(known) == Set(RowState.allCases))
    }

    @Test func graverStopsRankFirst() {
        let order: [Int32] = [74, 77, 130, 143, 75, 4]
        let ranked = Self.stops.sorted { $0.0.rank < $1.0.rank }.map(\.2)
        #expect(ranked.compactMap(order.firstIndex) == ranked.compactMap(order.firstIndex).sorted())
        #expect(RunStop.unwritable("").rank < RunStop.refused("").rank)
        #expect(RunStop.refused("").rank < RunStop.interrupted(signal: 2).rank)
        #expect(RunStop.interrupted(signal: 15).rank < RunStop.unavailable("").rank)
        for mild in [RunStop.limit, .deadline, .halted("")] { #expect(RunStop.unavailable("").rank < mild.rank) }
    }

    @Test func wordsOfTheSummaryAreStable() {
        #expect(
            RunOutcome.allCases.map(\.rawValue) == [
                "done", "rows_failed", "needs_attention", "limit", "halted", "deadline", "interrupted", "unavailable",
                "refused", "locked", "misconfigured", "unusable_input", "unwritable",
            ]
        )
    }
}
