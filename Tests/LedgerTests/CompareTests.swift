import Domain
import Ledger
import RunSupport
import Testing

/// What rows were at the ends of two runs.
@Suite(.everyEngine) struct CompareTests {
    /// What a comparison hands out, in short.
    private func changes(_ path: String, _ before: String, _ after: String) throws -> [String] {
        let reader = try LedgerReader(path: path)
        var found: [String] = []
        var counts: [RunComparison.Count] = []
        try reader.compare(try reader.run(named: before), try reader.run(named: after)) { comparison in
            counts = comparison.counts
        } _: { change in
            let from = change.before.map { "\($0.state.rawValue)/\($0.errorCode ?? "-")" } ?? "nothing"
            found.append("\(change.row.accountID ?? "") \(from) > \(change.after.state.rawValue)")
        }
        #expect(counts.map(\.rows).reduce(0, +) == found.count, "the counts are those of the rows")
        return found
    }

    /// Four runs: rows come, move there and back, and move on.
    private func play(_ path: String) async throws {
        let desk = RunDesk(path: path)
        try await desk.run(1) { ledger in
            try await ledger.bring(try await desk.add(1, 1, ledger), to: .needsUser)
            try await ledger.bring(try await desk.add(2, 1, ledger), to: .linked)
            try await ledger.bring(try await desk.add(3, 1, ledger), to: .rejected)
        }
        try await desk.run(2) { ledger in
            try await ledger.bring(try await ledger.link(1), to: .retryable)
            try await ledger.bring(try await desk.add(4, 2, ledger), to: .needsUser)
        }
        try await desk.run(3) { ledger in
            try await ledger.bring(try await ledger.link(1), to: .needsUser)
            try await ledger.bring(try await ledger.link(4), to: .linked)
            try await ledger.bring(try await desk.add(5, 3, ledger), to: .linked)
        }
        try await desk.run(4) { ledger in
            try await ledger.bring(try await ledger.link(1), to: .linked)
        }
    }

    @Test(.timeLimit(.minutes(5))) func findsWhatMovedBetweenTwoEnds() async throws {
        try await Desk.withPath { path in
            try await play(path)
            #expect(
                try changes(path, "run-1", "run-2") == [
                    "account-1 needs_user/some_code > retryable", "account-4 nothing > needs_user",
                ]
            )
            #expect(
                try changes(path, "run-2", "run-3") == [
                    "account-1 retryable/some_code > needs_user", "account-4 needs_user/some_code > linked",
                    "account-5 nothing > linked",
                ]
            )
            #expect(
                try changes(path, "run-1", "run-3") == ["account-4 nothing > linked", "account-5 nothing > linked"],
                "what went there and back did not move"
            )
            #expect(try changes(path, "previous", "last") == ["account-1 needs_user/some_code > linked"])
            #expect(try changes(path, "last", "last").isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(5))) func countsByKindAndState() async throws {
        try await Desk.withPath { path in
            try await play(path)
            let reader = try LedgerReader(path: path)
            var counts: [RunComparison.Count] = []
            try reader.compare(try reader.run(named: "run-1"), try reader.run(named: "run-4")) {
                counts = $0.counts
            } _: {
                _ in
            }
            #expect(
                counts == [
                    RunComparison.Count(.added, before: nil, after: .linked, rows: 2),
                    RunComparison.Count(.moved, before: .needsUser, after: .linked, rows: 1),
                ]
            )
        }
    }

    @Test(.timeLimit(.minutes(5))) func findsTheSameStateForAnotherReason() async throws {
        try await Desk.withPath { path in
            let desk = RunDesk(path: path)
            try await desk.run(1) { try await $0.bring(try await desk.add(1, 1, $0), to: .needsUser) }
            try await desk.run(2) { ledger in
                let settlement = Settlement(state: .needsUser, action: .relink, failure: Sample.failure("other_code"))
                try await ledger.take(.settled(settlement, orphaned: false), on: 1)
            }
            let reader = try LedgerReader(path: path)
            var kinds: [RowChange.Kind] = []
            try reader.compare(try reader.run(named: "run-1"), try reader.run(named: "run-2")) { comparison in
                #expect(comparison.counts.map(\.kind) == [.reason])
            } _: {
                kinds.append($0.kind)
                #expect($0.before?.action == .updateMode)
                #expect($0.after.errorCode == "other_code")
            }
            #expect(kinds == [.reason])
        }
    }

    @Test(.timeLimit(.minutes(5))) func aRunThatDiedEndsWhereTheNextBegins() async throws {
        try await Desk.withPath { path in
            let desk = RunDesk(path: path)
            try await desk.run(1) { try await $0.bring(try await desk.add(1, 1, $0), to: .needsUser) }
            try await desk.run(2, dies: true) { ledger in
                try await ledger.bring(try await ledger.link(1), to: .linked)
                _ = try await desk.add(2, 2, ledger)
            }
            try await desk.run(3) { try await $0.bring(try await desk.add(3, 3, $0), to: .linked) }
            #expect(
                try changes(path, "run-1", "run-2") == [
                    "account-1 needs_user/some_code > linked", "account-2 nothing > pending",
                ]
            )
            #expect(try changes(path, "run-2", "run-3") == ["account-3 nothing > linked"])
        }
    }

    @Test(.timeLimit(.minutes(5))) func refusesWhatIsNoLongerOnRecord() async throws {
        try await Desk.withPath { path in
            try await play(path)
            try LedgerEye(path).execute("DELETE FROM past_states WHERE run < 4")
            #expect(throws: LedgerError.noHistory(run: "run-2")) { try changes(path, "run-1", "run-2") }
            #expect(throws: LedgerError.noHistory(run: "run-2")) { try changes(path, "run-2", "run-3") }
            #expect(try changes(path, "run-3", "run-4").count == 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func refusesWhatWasBeforeTheLedgerKeptIt() async throws {
        try await Desk.withPath { path in
            try await play(path)
            try LedgerEye(path).execute("DELETE FROM past_states WHERE run < 4; DELETE FROM run_states WHERE run < 4")
            #expect(throws: LedgerError.noHistory(run: "run-2")) { try changes(path, "run-2", "run-4") }
            #expect(try changes(path, "run-3", "run-4") == ["account-1 needs_user/some_code > linked"])
        }
    }

    @Test(.timeLimit(.minutes(5))) func namesTheLastRunsWhereOneIsNotKnown() async throws {
        try await Desk.withPath { path in
            try await play(path)
            let reader = try LedgerReader(path: path)
            let known = ["run-4", "run-3", "run-2", "run-1"]
            #expect(throws: LedgerError.noSuchRun("run-9", known: known)) { try reader.run(named: "run-9") }
            #expect(try reader.run(named: "last").id == "run-4")
            #expect(try reader.run(named: "previous").id == "run-3")
        }
    }
}
