import Domain
import GRDB
import Ledger
import RunSupport
import TestSupport
import Testing

/// Reading, also while a run writes.
@Suite(.everyEngine) struct ReaderTests {
    private func rows(_ path: String, _ states: Set<RowState>? = nil) throws -> [ReportRow] {
        var rows: [ReportRow] = []
        try LedgerReader(path: path).forEachRow(in: states) { rows.append($0) }
        return rows
    }

    @Test(.timeLimit(.minutes(5))) func readsWhileARunWrites() async throws {
        try await Desk.with { desk in
            let reader = try LedgerReader(path: desk.path)
            for count in 1...5 {
                _ = try await desk.ledger.add(Sample.row("customer-\(count)", "account-\(count)"))
                #expect(try reader.overview().totals.states[.pending] == count)
            }
            // A read that has begun sees one moment, and holds up nobody.
            var seen = 0
            try reader.forEachRow { _ in
                seen += 1
                guard seen == 1 else { return }
                try desk.eye.execute("UPDATE links SET state = 'rejected'")
            }
            #expect(seen == 5)
            #expect(try reader.environment() == "sandbox")
        }
    }

    @Test(.timeLimit(.minutes(5))) func ordersRowsByOwnerAndAccountAndInvalidOnesLast() async throws {
        let invalid = (1...3).map { line in
            InvalidRow(
                position: InputPosition(file: "rows.csv", line: 10 - line),
                line: 99,
                column: 7,
                reason: .missingValue,
                message: "no account",
                reference: "r-\(line)",
                owner: Owner(kind: .customer, id: "customer-0")
            )
        }
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let names = ["b", "B", "a", "10", "9", "é"]
        let input = names.flatMap { owner in names.map { Sample.row(owner, $0) } }.shuffled(using: &random)
        try await Desk.with { desk in
            _ = try await desk.ledger.admit(input, policy: Sample.policy())
            try await desk.ledger.record(invalid)
            let rows = try rows(desk.path)
            let found = rows.prefix(36).map { "\($0.owner?.key ?? "")\u{0}\($0.accountID ?? "")" }
            #expect(found == found.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }, "seed \(seed)")
            #expect(rows.dropFirst(36).map(\.reference) == ["r-1", "r-2", "r-3"], "seed \(seed)")
            #expect(rows.last?.failure == Failure(source: .input, code: "missing_value", message: "no account"))
            #expect(rows.last?.inputLine == 7)
            #expect(rows.last?.owner?.id == "customer-0")
            #expect(try self.rows(desk.path, [.invalid]).count == 3)
            #expect(try self.rows(desk.path, [.pending]).count == 36)
            #expect(try self.rows(desk.path, [.linked]).isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(5))) func showsTheNewestRunsInvalidRowsAlone() async throws {
        let invalid = InvalidRow(
            position: InputPosition(file: "rows.csv", line: 2),
            column: 1,
            reason: .badUTF8,
            message: "bytes"
        )
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                try await ledger.record([invalid, invalid])
                try await ledger.record([])
                let totals = try await ledger.totals()
                #expect(totals.states[.invalid] == 2)
            }
            do {
                let ledger = try LedgerWriter(Sample.opening(path, kind: .reconcile, runID: "run-2"))
                let totals = try await ledger.totals()
                #expect(totals.states[.invalid] == 2, "a reconcile reads no input")
            }
            let ledger = try LedgerWriter(Sample.opening(path, runID: "run-3"))
            try await ledger.record([invalid])
            #expect(try rows(path).count == 1)
            let totals = try await ledger.totals()
            #expect(totals.states[.invalid] == 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func reportsEveryColumn() async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add(Sample.row(reference: "r-1", file: "a.csv", line: 12))
            let mint = Attempt(call: .mint, result: .ok, sentAt: Sample.start, requestID: "request-1")
            try await desk.ledger.take(.minted(desk.ledger.token(link), of: link.identity), on: link.id, attempt: mint)
            try await desk.ledger.take(.intent(clockOffset: nil), on: link.id)
            let later = Sample.start + .seconds(7)
            try await desk.ledger.take(.linked(Sample.bondAccount(), .answered), on: link.id, at: later)
            let row = try #require(try rows(desk.path).first)
            var expected = ReportRow(state: .linked, action: .none, attempts: 1)
            expected.reference = "r-1"
            expected.owner = Sample.identity().owner
            expected.accountID = "account-1"
            expected.linkedAccountID = "link-1"
            expected.bondStatus = "active"
            expected.verificationStatus = "instantly_verified"
            expected.plaidRequestID = "request-1"
            expected.firstSeenAt = Sample.start
            expected.updatedAt = later
            expected.linkedAt = later
            expected.runID = "run-1"
            expected.inputFile = "a.csv"
            expected.inputLine = 12
            #expect(row == expected)
        }
    }

    @Test(.timeLimit(.minutes(5))) func givesTheLedgerAtAGlance() async throws {
        try await Desk.withPath { path in
            for run in 1...7 {
                let ledger = try LedgerWriter(Sample.opening(path, runID: "run-\(run)"))
                let link = try await ledger.add(Sample.row("customer-\(run)", "account-\(run)"))
                try await ledger.bring(link, to: run < 4 ? .rejected : .linked)
                var summary = RunSummary(
                    runID: "run-\(run)",
                    verdict: RunVerdict(outcome: .rowsFailed, exitCode: 1),
                    startedAt: Sample.start,
                    finishedAt: Sample.start + .seconds(run),
                    ledger: path
                )
                summary.rows.attempted = 1
                if run < 7 { try await ledger.finish(summary) }
            }
            let overview = try LedgerReader(path: path).overview()
            #expect(overview.environment == "sandbox")
            #expect(overview.runs.map(\.id) == ["run-7", "run-6", "run-5", "run-4", "run-3"])
            #expect(overview.runs.first?.finishedAt == nil)
            #expect(overview.runs.last?.exitCode == 1)
            #expect(overview.runs.last?.finishedAt == Sample.start + .seconds(3))
            #expect(overview.codes.map { "\($0.source) \($0.code) \($0.rows)" } == ["bond some_code 3"])
            #expect(overview.totals.states[.linked] == 4)
        }
    }

    @Test(.timeLimit(.minutes(5))) func notesThatWhatWasNoRunCameToItsEnd() async throws {
        try await Desk.withPath { path in
            let ledger = try LedgerWriter(Sample.opening(path))
            let question = "SELECT finished_at - started_at FROM runs WHERE outcome IS NULL"
            #expect(try LedgerEye(path).int(question) == nil)
            try await ledger.finish(at: Sample.start + .seconds(3))
            #expect(try LedgerEye(path).int(question) == 3_000)
        }
    }

    @Test(.timeLimit(.minutes(5))) func handsOutAllOwnersForAnAuditInOrder() async throws {
        try await Desk.with { desk in
            for owner in ["d", "b", "a", "c"] {
                for account in ["2", "1"] {
                    let link = try await desk.ledger.add(Sample.row(owner, "\(owner)-\(account)"))
                    try await desk.ledger.bring(link, to: owner == "c" ? .rejected : .linked)
                }
            }
            var last: Owner?
            var owners: [String] = []
            while let next = try await desk.ledger.owners(after: last, limit: 1).first {
                owners.append(next.id)
                last = next
            }
            #expect(owners == ["a", "b", "c", "d"])
            let linked = try await desk.ledger.linkedRows(of: Owner(kind: .customer, id: "a"))
            #expect(linked.count == 2)
            let ids = linked.map(\.linkedAccountID)
            #expect(try await desk.ledger.owned(among: ids + ["another"]) == Set(ids))
        }
    }
}
