import Domain
import Reports

/// Figures for pages; made up, all of them.
enum PageSamples {
    static let subject = ReportSubject(
        ledger: "/data/relink.sqlite",
        environment: .production,
        madeAt: Samples.start,
        fullListCommand: "relink report --ledger /data/relink.sqlite --format csv"
    )

    /// A run with everything on record.
    static func run(_ number: Int64 = 7, needsUser: Int = 2_107) -> RunOnRecord {
        let start = Samples.start + .seconds(86_400 * number)
        var run = RunOnRecord(
            number: number,
            id: "run-\(number)",
            startedAt: start,
            finishedAt: start + .seconds(3_600),
            outcome: .needsAttention,
            attempted: 20_000
        )
        run.states = [.linked: 980_000 + Int(number), .needsUser: needsUser, .rejected: 310, .invalid: 3]
        run.calls = [.plaid: RunSummary.Calls(ok: 19_000, rateLimited: 2, failed: 998)]
        run.calls[.bond] = RunSummary.Calls(ok: 18_000, rateLimited: 0, failed: 3)
        run.ratesGiven = [.plaid: 400.0 / 60]
        return run
    }

    /// An hour's calls, Plaid's below the limit, with refusals in the middle.
    static var calls: CallFigures {
        let run = run()
        var calls = CallFigures(
            run: run,
            time: TimeSlots(from: run.startedAt, to: run.startedAt + .seconds(3_590))
        )
        for slot in 0..<calls.time.count {
            calls.note(.mint, .ok, slot: slot, latency: .milliseconds(80 + slot), count: slot < 60 ? 196 : 98)
            calls.note(.post, .ok, slot: slot, latency: .milliseconds(400 + 10 * slot), count: 150 + slot)
        }
        calls.note(.mint, .rateLimited, slot: 60, latency: .milliseconds(9), count: 2)
        calls.note(.mint, .refused, slot: 61, latency: .milliseconds(2_345), count: 7)
        calls.note(.post, .neverSent, slot: 61, latency: nil, count: 3)
        calls.note(.post, .crashed, slot: -900, latency: nil, count: 1)
        calls.note(.list, .ok, slot: 500, latency: .milliseconds(31_277), count: 1)
        calls.note(.resolve, .ok, slot: 1, latency: nil, count: 5)
        return calls
    }

    /// A ledger of a million rows.
    static var figures: LedgerFigures {
        var figures = LedgerFigures()
        figures.states = [.linked: 997_580, .needsUser: 2_107, .rejected: 310, .invalid: 3]
        figures.orphanTokens = 1
        figures.errors = [
            ErrorCount(Failure(source: .plaid, code: "ITEM_LOGIN_REQUIRED"), action: .updateMode, count: 2_107),
            ErrorCount(Failure(source: .bond, code: "identity_mismatch"), action: .fixIdentity, count: 310),
        ]
        figures.errorKinds = 3
        figures.runs = (1...4).reversed().map { run($0, needsUser: 3_000 - 200 * Int($0)) }
        figures.calls = calls
        figures.lists = [.needsUser: [Samples.needsUser], .invalid: [Samples.rows[2]]]
        return figures
    }

    static func html(
        _ figures: LedgerFigures,
        about subject: ReportSubject = ReportSubject(),
        isRunning: Bool = false
    ) -> String {
        String(decoding: ReportPage(figures, about: subject, isRunning: isRunning).html, as: UTF8.self)
    }
}

extension RunSummary.Calls {
    init(ok: Int, rateLimited: Int, failed: Int) {
        self.init()
        (self.ok, self.rateLimited, self.failed) = (ok, rateLimited, failed)
    }
}
