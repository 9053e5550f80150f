import Domain
import Testing

@Suite struct AnswerMeaningTests {
    private typealias Case = (meaning: AnswerMeaning, state: RowState?, action: RowAction, handling: String)

    private static let cases: [Case] = [
        (.stop, nil, .none, "run_stops"),
        (.rateLimited, nil, .retry, "api_waits"),
        (.maintenance, nil, .retry, "api_held"),
        (.doubt, .inDoubt, .review, "reconciled"),
        (.duplicate, .inDoubt, .review, "reviewed"),
        (.tokenRefused, .rejected, .fixRow, "minted_anew"),
        (.unknown, .retryable, .retry, "three_runs"),
        (.transient, .retryable, .retry, "tried_again"),
        (.settle(.rejected, .fixIdentity), .rejected, .fixIdentity, "settled"),
        (.settle(.needsUser, .relink), .needsUser, .relink, "settled"),
    ]

    @Test func stateActionAndWord() {
        for expected in Self.cases {
            #expect(expected.meaning.state == expected.state, "\(expected.meaning)")
            #expect(expected.meaning.action == expected.action, "\(expected.meaning)")
            #expect(expected.meaning.handling == expected.handling, "\(expected.meaning)")
        }
    }
}
