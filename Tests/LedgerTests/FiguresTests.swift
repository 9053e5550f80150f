import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// The ledger in figures, and the rows that a filter takes.
@Suite(.everyEngine) struct LedgerFiguresTests {
    private func accounts(_ path: String, _ filter: RowFilter) throws -> [String?] {
        var accounts: [String?] = []
        try LedgerReader(path: path).forEachRow(matching: filter) { accounts.append($0.accountID) }
        return accounts
    }

    private let invalid = InvalidRow(
        position: InputPosition(file: "rows.csv", line: 2),
        column: 1,
        reason: .badUTF8,
        message: "bytes"
    )

    private func play(_ path: String) async throws -> RunDesk {
        let desk = RunDesk(path: path)
        try await desk.run(1) { ledger in
            let first = try await desk.add(1, 1, ledger)
            let start = desk.start(of: 1)
            let mint = Attempt(call: .mint, result: .refused, sentAt: start + .seconds(3), latency: .milliseconds(40))
            try await ledger.take(
                .settled(Sample.settlement(.needsUser, .updateMode), orphaned: false),
                on: first.id,
                at: start + .seconds(3),
                attempt: mint
            )
            let second = try await desk.add(2, 1, ledger)
            try await ledger.bring(second, to: .linked)
            try await ledger.record([invalid, invalid])
        }
        try await desk.run(2) { ledger in
            let start = desk.start(of: 2)
            let third = try await desk.add(3, 2, ledger)
            let refused = Attempt(
                call: .mint,
                result: .rateLimited,
                sentAt: start + .seconds(1),
                latency: .milliseconds(20)
            )
            try await ledger.take(.noted, on: third.id, attempt: refused)
            let list = Attempt(call: .list, result: .ok, sentAt: start + .seconds(2), latency: .milliseconds(1_555))
            // Two rows of one owner wait for one list; another owner's list leaves at the same moment.
            let fourth = try await ledger.add(Sample.row("customer-3", "account-4"), policy: Sample.policy(at: start))
            let fifth = try await desk.add(5, 2, ledger)
            for link in [third, fourth, fifth] { try await ledger.take(.noted, on: link.id, attempt: list) }
            try await ledger.record([invalid])
        }
        return desk
    }

    @Test(.timeLimit(.minutes(5))) func countsARunsCalls() async throws {
        try await Desk.withPath { path in
            _ = try await play(path)
            let reader = try LedgerReader(path: path)
            let calls = try #require(try reader.figures().calls)
            #expect(calls.run.id == "run-2")
            #expect(calls.run.ratesGiven == [.plaid: 7.5])
            #expect(calls.time.count == 30)
            #expect(calls.slots[.plaid]?.map(\.rateLimited).prefix(3) == [0, 1, 0])
            #expect(calls.slots[.bond]?.map(\.sent).prefix(4) == [0, 0, 2, 0], "a list of two rows is one call")
            #expect(calls.results == [.mint: [.rateLimited: 1], .list: [.ok: 2]])
            #expect(calls.latencies[.list]?.percentile(1) == .milliseconds(1_550))
            let earlier = try reader.figures(callsOf: try reader.run(named: "run-1")).calls
            #expect(earlier?.results == [.mint: [.refused: 1]])
        }
    }

    @Test(.timeLimit(.minutes(5))) func hasStatesErrorsListsAndRuns() async throws {
        try await Desk.withPath { path in
            _ = try await play(path)
            let figures = try LedgerReader(path: path).figures()
            #expect(figures.states == [.needsUser: 1, .linked: 1, .pending: 3, .invalid: 1])
            #expect(
                figures.errors.map { "\($0.failure.source) \($0.failure.code) \($0.count)" } == [
                    "bond some_code 1", "input bad_utf8 1",
                ]
            )
            #expect(figures.errors.first?.action == .updateMode)
            #expect(figures.errorKinds == 2)
            #expect(figures.lists[.needsUser]?.map(\.accountID) == ["account-1"])
            #expect(figures.lists[.invalid]?.map(\.runID) == ["run-2"])
            #expect(figures.lists[.pending] == nil)
            #expect(figures.runs.map(\.id) == ["run-2", "run-1"])
            #expect(figures.runs.map(\.openRows) == [5, 3])
            #expect(figures.runs.first?.calls[.plaid]?.ok == 2)
            #expect(figures.keepsHistory)
        }
    }

    @Test(.timeLimit(.minutes(5))) func showsOnlyTheFirstRowsOfAList() async throws {
        try await Desk.withPath { path in
            let desk = RunDesk(path: path)
            try await desk.run(1) { ledger in
                for number in 10..<30 { try await ledger.bring(try await desk.add(number, 1, ledger), to: .rejected) }
                try await ledger.record(Array(repeating: invalid, count: 20))
            }
            let figures = try LedgerReader(path: path).figures()
            #expect(figures.lists[.rejected]?.map(\.accountID) == (10..<20).map { "account-\($0)" })
            #expect(figures.lists[.invalid]?.count == LedgerFigures.rowLimit)
            #expect(figures.states[.rejected] == 20)
        }
    }

    @Test(.timeLimit(.minutes(5))) func takesTheRowsOfARun() async throws {
        try await Desk.withPath { path in
            let desk = try await play(path)
            #expect(try accounts(path, RowFilter(run: 1)) == ["account-1", "account-2", nil, nil])
            try await desk.run(3) { ledger in
                try await ledger.bring(try await ledger.link(1), to: .linked)
                let list = Attempt(call: .list, result: .ok, sentAt: desk.start(of: 3))
                try await ledger.take(.noted, on: 3, at: desk.start(of: 3), attempt: list)
            }
            #expect(try accounts(path, RowFilter(run: 3)) == ["account-1", "account-3"])
            #expect(try accounts(path, RowFilter(run: 1)) == ["account-1", "account-2", nil, nil], "as they are now")
            #expect(try accounts(path, RowFilter(states: [.pending], run: 3)) == ["account-3"])
        }
    }

    @Test(.timeLimit(.minutes(5))) func takesTheRowsSinceAMoment() async throws {
        try await Desk.withPath { path in
            let desk = try await play(path)
            let second = desk.start(of: 2)
            #expect(try accounts(path, RowFilter(since: second)) == ["account-3", "account-4", "account-5", nil])
            #expect(try accounts(path, RowFilter(since: second + .seconds(1))).isEmpty)
            #expect(try accounts(path, RowFilter(states: [.linked], since: second)).isEmpty)
            #expect(try accounts(path, RowFilter()).count == 6)
        }
    }
}
