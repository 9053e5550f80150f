import Domain
import Foundation
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

    @Test(
        arguments: [
            (60, " 412,803 / about 1,000,000 rows  41.3%  ETA 16 h 38 min 38 s"),
            (50, " 412,803 / about 1,000,000  41.3%  ETA 16h"), (30, " 412,803  41.3%  ETA 16h"),
            (20, " 412,803  ETA 16h"), (10, " 412,803"),
        ]
    )
    func keepsRowsAndETAWhereItIsNarrow(width: Int, head: String) {
        let lines = Self.text(Self.progress(plaid: Self.gate(), bond: Self.gate())).lines(width: width, isPlain: true)
        #expect(lines[0] == head)
        #expect(!lines[2].hasSuffix(","), "states are whole or left out")
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
        #expect(Self.text(now).line.hasPrefix("412,803 / 412,803 rows  100.0%; finishing; "))
    }

    private static let names =
        [
            "rows", "total", "phase", "eta_seconds", "reason", "owners_in_doubt", "owners_asked", "plaid_calls",
            "plaid_rate_limited", "plaid_in_flight", "bond_calls", "bond_rate_limited", "bond_in_flight",
        ] + RowState.allCases.map(\.rawValue)

    @Test func tellsProgramsNamesAndValues() {
        let fields = Self.text(Self.progress(plaid: Self.gate(), bond: Self.gate())).fields
        #expect(fields.map(\.name) == Self.names)
    }

    @Test func theDocumentHasNumbersAndEveryKey() throws {
        var now = Self.progress(plaid: Self.gate(), bond: Self.gate(.paused))
        now.outcomes = [.linked: 5]
        now.total = nil
        let text = Self.text(now).json(runID: "run-1", at: Timestamp(milliseconds: 0))
        let document = try #require(JSON.object(text))
        #expect(Set(document.keys) == Set(Self.names + ["time", "level", "event", "message", "run_id"]))
        #expect(document["rows"] as? Int == 412_803)
        #expect(document["linked"] as? Int == 5)
        #expect(document["in_doubt"] as? Int == 0)
        #expect(document["total"] is NSNull && document["eta_seconds"] is NSNull)
        #expect(document["event"] as? String == "status")
    }
}

/// What a run leaves for a later one is neither done nor to come.
@Suite struct PartialProgressTests {
    /// A run of about 1,000 rows, of which a batch has been taken in.
    private static func progress(_ change: (inout RunProgress) -> Void) -> [String: String] {
        var now = RunProgress(elapsed: .seconds(10))
        (now.total, now.taken, now.toTry) = (1_000, 512, 512)
        change(&now)
        let text = ProgressText(now, since: RunProgress(elapsed: .zero))
        return Dictionary(text.fields + [("line", text.line)]) { first, _ in first }
    }

    @Test func aLimitIsTheWholeOfTheRun() {
        let now = Self.progress { now in
            now.limit = 10
            now.rows.attempted = 4
        }
        #expect((now["rows"], now["total"]) == ("4", "10"))
        #expect(now["line"]?.hasPrefix("4 / 10 rows  40.0%; ") == true)
    }

    @Test func rowsBeyondALimitAreNotDone() {
        let now = Self.progress { now in
            now.limit = 10
            (now.rows.attempted, now.rows.unreached, now.isStopping) = (9, 502, true)
        }
        #expect((now["rows"], now["total"], now["phase"]) == ("9", "10", "stopping"))
    }

    @Test func rowsThatAreSkippedBeforeALimitCount() {
        let now = Self.progress { now in
            (now.limit, now.toTry) = (300, 256)
            (now.rows.skipped, now.rows.attempted) = (256, 100)
        }
        // The 156 that wait, and 44 more, with as many skipped ones between them as so far.
        #expect((now["rows"], now["total"]) == ("356", "600"))
    }

    @Test func aLimitBeyondTheInputIsNone() {
        #expect(Self.progress { $0.limit = 5_000 }["total"] == "1000")
    }

    @Test func aSampleLeavesOutMostOfTheInput() {
        let now = Self.progress { now in
            (now.taken, now.toTry, now.leftOut) = (5, 5, 507)
            (now.rows.attempted, now.rows.unreached) = (2, 507)
        }
        #expect((now["rows"], now["total"]) == ("2", "10"))
    }

    @Test func rowsThatAStopLeavesStayToBeDone() {
        let now = Self.progress { now in
            (now.rows.attempted, now.rows.unreached, now.isStopping) = (100, 412, true)
        }
        #expect((now["rows"], now["total"], now["eta_seconds"]) == ("100", "1000", nil))
        #expect(now["line"]?.contains("100 / about 1,000 rows  10.0%; stopping, calls in flight finish;") == true)
    }

    @Test func settlingIsToldWhileItLasts() {
        let now = Self.progress { now in
            (now.total, now.taken, now.toTry) = (nil, 0, 0)
            now.doubts = RunProgress.DoubtRound(owners: 1_200, asked: 30)
        }
        #expect(now["line"]?.hasPrefix("0 rows; settling what is in doubt, 30 of 1,200 owners asked; ") == true)
        #expect((now["phase"], now["owners_in_doubt"], now["owners_asked"]) == ("settling", "1200", "30"))
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
