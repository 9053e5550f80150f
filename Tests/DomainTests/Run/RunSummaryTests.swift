import Domain
import Testing

@Suite struct RunSummaryTests {
    @Test func rowsAddUp() {
        var rows = RunSummary.Rows()
        #expect((rows.valid, rows.read) == (0, 0))
        rows.invalid = 1
        rows.duplicate = 10
        #expect((rows.valid, rows.read) == (0, 11))
        rows.skipped = 100
        rows.attempted = 1_000
        rows.unreached = 10_000
        #expect((rows.valid, rows.read) == (11_100, 11_111))
    }

    @Test func callsAddUp() {
        var calls = RunSummary.Calls()
        #expect(calls.sent == 0)
        calls.ok = 1
        calls.rateLimited = 10
        calls.failed = 100
        #expect(calls.sent == 111)
    }
}
