import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// What rows were before a run changed them, and what runs came to.
@Suite(.everyEngine) struct PastStateTests {
    private static let before = "SELECT run || ' ' || link || ' ' || state || ' ' || error_code FROM past_states"

    @Test(.timeLimit(.minutes(5))) func keepsWhatARowWasBeforeTheRunThatChangedIt() async throws {
        try await Desk.withPath { path in
            try await run(1, path) { ledger in
                try await ledger.bring(try await add(Sample.row(), 1, ledger), to: .needsUser)
                try await ledger.bring(try await add(Sample.row("customer-2", "account-2"), 1, ledger), to: .linked)
            }
            try await run(2, path) { ledger in
                try await ledger.bring(try await ledger.link(1), to: .linked)
                try await ledger.bring(try await add(Sample.row("customer-3", "account-3"), 2, ledger), to: .rejected)
            }
            #expect(try LedgerEye(path).strings(Self.before) == ["2 1 needs_user some_code"])
        }
    }

    @Test(.timeLimit(.minutes(5))) func keepsNothingOfARowThatIsTheSameAfterTheRun() async throws {
        try await Desk.withPath { path in
            try await run(1, path) { ledger in
                try await ledger.bring(try await add(Sample.row(), 1, ledger), to: .retryableWithToken)
            }
            try await run(2, path) { ledger in
                let link = try await ledger.link(1)
                try await ledger.take(.intent(clockOffset: nil), on: link.id)
                #expect(try LedgerEye(path).strings(Self.before) == ["2 1 retryable some_code"])
                try await ledger.take(.postSettled(Sample.settlement(.retryable)), on: link.id)
            }
            #expect(try LedgerEye(path).strings(Self.before).isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(5))) func putsARestorationDownToNoRun() async throws {
        // Only a file has copies that are put in its place.
        guard TestEngine.current == .sqlite else { return }
        try await Desk.withPath { path in
            try await run(1, path) { ledger in
                try await ledger.bring(try await add(Sample.row(), 1, ledger), to: .minted)
            }
            try await run(2, path) { _ in }
            try LedgerCare.backUp(path, to: path + ".copy")
            _ = try LedgerCare.restore(path + ".copy", to: path, holder: "restore", at: start(of: 3))
            #expect(try LedgerEye(path).string("SELECT state FROM links") == "in_doubt")
            #expect(try LedgerEye(path).strings(Self.before).isEmpty)
            try await run(4, path) { ledger in
                try await ledger.take(.provenAbsent(because: "seen"), on: 1)
            }
            #expect(try LedgerEye(path).strings(Self.before) == ["3 1 in_doubt restored"])
        }
    }

    @Test(.timeLimit(.minutes(5))) func keepsWhatARunCameTo() async throws {
        try await Desk.withPath { path in
            try await run(1, path) { ledger in
                try await ledger.bring(try await add(Sample.row(), 1, ledger), to: .linked)
            }
            let states = "SELECT run || ' ' || state || ' ' || rows FROM run_states ORDER BY state"
            #expect(try LedgerEye(path).strings(states) == ["1 invalid 2", "1 linked 1"])
            let calls = try LedgerEye(path).rows("SELECT * FROM run_calls ORDER BY api")
            #expect(calls.map { $0["rate_given"] as Double? } == [nil, 7.5])
            #expect(calls.map { $0["ok"] as Int } == [0, 3])
        }
    }

    private func add(_ row: InputRow, _ run: Int, _ ledger: LedgerWriter) async throws -> Link {
        try await ledger.add(row, policy: Sample.policy(at: start(of: run)))
    }

    private func start(of run: Int) -> Timestamp { Sample.start + .seconds(run * 60) }

    private func run(_ number: Int, _ path: String, _ body: (LedgerWriter) async throws -> Void) async throws {
        let at = start(of: number)
        let name = "run-\(number)"
        let ledger = try LedgerWriter(Sample.opening(path, runID: name, at: at))
        try await body(ledger)
        var summary = RunSummary(
            runID: name,
            verdict: RunVerdict(outcome: .done, exitCode: 0),
            startedAt: at,
            finishedAt: at + .seconds(30),
            ledger: path
        )
        summary.states = [.linked: 1, .invalid: 2]
        summary.calls[.plaid] = RunSummary.Calls()
        summary.calls[.plaid]?.ok = 3
        summary.ratesGiven = [.plaid: 7.5]
        try await ledger.finish(summary)
    }
}
