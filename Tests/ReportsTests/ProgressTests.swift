import Domain
import Reports
import Testing

/// How far a run is, for a terminal and for a log.
@Suite struct ProgressTests {
    private static func gate(
        _ limit: RunProgress.Gate.Limit = .rate,
        rate: Double = 10,
        served: Double = 9.8
    ) -> RunProgress.Gate {
        RunProgress.Gate(
            limit: limit,
            callsPerSecond: rate,
            ceiling: rate,
            servedPerSecond: served,
            inFlight: 7,
            concurrency: 32
        )
    }

    /// A run of 1,000,000 rows, of which 412,803 are done with after an hour.
    private static func progress(plaid: RunProgress.Gate, bond: RunProgress.Gate) -> RunProgress {
        var progress = RunProgress(elapsed: .seconds(3_600))
        progress.rows.attempted = 412_803
        progress.total = 1_000_000
        for api in API.allCases { progress.calls[api] = RunSummary.Calls() }
        progress.calls[.plaid]?.ok = 412_803
        progress.calls[.bond]?.ok = 412_803
        progress.gates = [.plaid: plaid, .bond: bond]
        progress.outcomes = [.linked: 409_551, .needsUser: 2_107, .rejected: 1_121, .retryable: 24]
        progress.recovered = 12
        return progress
    }

    private static func text(_ progress: RunProgress) -> ProgressText {
        ProgressText(progress, since: RunProgress(elapsed: .zero))
    }

    @Test func showsThreeLinesOnATerminal() {
        let now = Self.progress(plaid: Self.gate(.nothing, rate: 100), bond: Self.gate(rate: 83, served: 81.3))
        #expect(
            Self.text(now).lines(width: 110, isPlain: false) == [
                " 412,803 / about 1,000,000 rows  41.3%  ▕████████▋            ▏  ETA 2 h 0 min 19 s (limited by Bond 81.3/s)",
                " plaid 9.8/s (10%)  in flight 7  429 0   bond 81.3/s (98%)  in flight 7  429 0",
                " linked 409,551 (12 found by listing) · in doubt 0 · retryable 24 · needs user 2,107 · rejected 1,121",
            ]
        )
    }

    @Test(arguments: [1, 10, 39, 80])
    func fitsItsTerminal(width: Int) {
        for isPlain in [false, true] {
            let lines = Self.text(Self.progress(plaid: Self.gate(), bond: Self.gate()))
                .lines(width: width, isPlain: isPlain)
            #expect(lines.count == 3)
            #expect(lines.allSatisfy { $0.count <= width })
            if isPlain { #expect(lines.joined().utf8.allSatisfy { $0 < 128 }) }
        }
    }

    @Test func saysWhyItWaits() {
        let cases: [(RunProgress.Gate, RunProgress.Gate, String)] = [
            (Self.gate(), Self.gate(.nothing, rate: 20), "limited by Plaid 9.8/s"),
            (Self.gate(.nothing, rate: 20), Self.gate(.concurrency), "limited by --concurrency 32 at Bond"),
            (Self.gate(), Self.gate(.hold(.seconds(30))), "Bond is left alone for 30.0 s"),
            (Self.gate(.outage(.seconds(4))), Self.gate(), "Plaid is away, tried again in 4.0 s"),
            (Self.gate(.outage(.zero)), Self.gate(), "Plaid is away, trying it"),
            (Self.gate(.paused), Self.gate(.paused), "paused"),
            (Self.gate(rate: .infinity), Self.gate(rate: .infinity), "114.7 rows/s"),
        ]
        for (plaid, bond, reason) in cases {
            let line = Self.text(Self.progress(plaid: plaid, bond: bond)).line
            #expect(line.contains("(\(reason))"), "\(line)")
        }
    }

    @Test func aPauseHasNoEnd() {
        let line = Self.text(Self.progress(plaid: Self.gate(.paused), bond: Self.gate(.paused))).line
        #expect(!line.contains("ETA"))
    }

    @Test func aHoldIsAddedToWhatIsLeft() {
        let (held, free) = (Self.gate(.hold(.seconds(600))), Self.gate())
        let fields = [held, free].map { bond in
            Self.text(Self.progress(plaid: Self.gate(.nothing, rate: 20), bond: bond)).fields
                .first { $0.name == "eta_seconds" }.flatMap { Int($0.value) } ?? 0
        }
        #expect(fields[0] - fields[1] == 600)
    }

    @Test func rowsThatAreSkippedCostNoCalls() {
        var before = Self.progress(plaid: Self.gate(), bond: Self.gate())
        before.rows.attempted = 0
        before.rows.skipped = 400_000
        before.taken = 400_000
        var now = before
        now.elapsed += .seconds(60)
        now.rows.skipped = 450_000
        now.taken = 450_000
        now.gates[.bond] = Self.gate(.nothing)
        let left = ProgressText(now, since: before).fields.first { $0.name == "eta_seconds" }?.value
        #expect(left == "0", "as long as nothing but skipped rows comes, the rates are no limit")
    }

    @Test func callsThatMustBeSentAgainCost() {
        var now = Self.progress(plaid: Self.gate(rate: 1_000), bond: Self.gate())
        let whole = Self.text(now).fields.first { $0.name == "eta_seconds" }.flatMap { Int($0.value) } ?? 0
        now.calls[.bond]?.rateLimited = now.rows.attempted
        let double = Self.text(now).fields.first { $0.name == "eta_seconds" }.flatMap { Int($0.value) } ?? 0
        #expect(abs(double - 2 * whole) <= 1)
    }

    @Test func withoutATotalThereIsNoBar() {
        var now = Self.progress(plaid: Self.gate(), bond: Self.gate())
        now.total = nil
        #expect(Self.text(now).lines(width: 100, isPlain: true)[0] == " 412,803 rows  (limited by Plaid 9.8/s)")
    }

    @Test func theEndIsNotTheLastRow() {
        var now = Self.progress(plaid: Self.gate(), bond: Self.gate())
        now.total = now.rows.attempted
        now.isTotalExact = true
        #expect(Self.text(now).line.hasPrefix("412,803 / 412,803 rows  100.0%; settling what is in doubt; "))
    }

    @Test func tellsProgramsNamesAndValues() {
        let fields = Self.text(Self.progress(plaid: Self.gate(), bond: Self.gate())).fields
        #expect(
            fields.map(\.name) == [
                "rows", "total", "eta_seconds", "reason", "plaid_calls", "plaid_rate_limited", "plaid_in_flight",
                "bond_calls", "bond_rate_limited", "bond_in_flight", "linked", "retryable", "needs_user", "rejected",
            ]
        )
    }
}

/// The log on standard error.
@Suite struct LogLineTests {
    private static let at = Timestamp(milliseconds: 1_790_000_000_123)

    private func line(_ message: String, _ style: LogLine.Style) -> LogLine {
        LogLine("info", "row", message, [("owner", "c-\u{1B}[1m"), ("end", "linked")], style: style, at: Self.at)
    }

    @Test func showsPeopleAsMuchAsWasMeant() {
        #expect(line("a\nb", .plain).text == "a\nb")
        #expect(line("a", .timed).text == "2026-09-21T14:13:20.123Z a")
        #expect(line("a", .full).text == "2026-09-21T14:13:20.123Z info a owner=c-\u{FFFD}[1m end=linked")
    }

    @Test func isOneObjectForPrograms() {
        let json = line("a\n\"b\"", .full).json
        #expect(
            json == #"{"time":"2026-09-21T14:13:20.123Z","level":"info","event":"row","message":"a\n\"b\"","#
                + #""owner":"c-\u001b[1m","end":"linked"}"#
        )
    }
}
