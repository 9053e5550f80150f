import Domain
import Testing

@Suite struct RowStateTests {
    private static let usual: [RowState: RowAction] = [
        .pending: .retry, .minted: .retry, .retryable: .retry, .posting: .none, .linked: .none, .inDoubt: .review,
        .held: .review, .unlinked: .review, .needsUser: .updateMode, .rejected: .fixRow, .invalid: .fixRow,
    ]

    @Test(arguments: RowState.allCases)
    func hasAUsualAction(state: RowState) {
        #expect(state.usualAction == Self.usual[state])
    }

    @Test func wordsOfReportsAreStable() {
        #expect(
            RowState.allCases.map(\.rawValue) == [
                "pending", "minted", "posting", "linked", "in_doubt", "retryable", "needs_user", "rejected", "held",
                "unlinked", "invalid",
            ]
        )
        #expect(
            RowAction.allCases.map(\.rawValue) == [
                "none", "retry", "update_mode", "relink", "fix_identity", "fix_row", "review",
            ]
        )
        #expect(Failure.Source.allCases.map(\.rawValue) == ["plaid", "bond", "network", "input"])
        #expect(Doubt.Cause.allCases.map(\.rawValue) == ["unanswered", "crashed", "restored", "duplicate"])
    }
}
