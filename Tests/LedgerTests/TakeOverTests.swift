import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// What the next run makes of the leftovers of one that died.
@Suite(.everyEngine) struct TakeOverTests {
    @Test(.timeLimit(.minutes(5))) func aPostThatWasOutIsADoubt() async throws {
        try await Desk.withPath { path in
            var id: Link.ID = 0
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                let link = try await ledger.add()
                id = link.id
                try await ledger.bring(link, to: .posting)
            }
            let ledger = try LedgerWriter(
                Sample.opening(path, runID: "run-2", at: Sample.start + .seconds(500), callTimeout: .seconds(45))
            )
            let doubts = try await ledger.doubts(of: Sample.identity().owner)
            #expect(
                doubts == [
                    Doubt(
                        link: id,
                        identity: Sample.identity(),
                        cause: .crashed,
                        intentAt: Sample.start,
                        endedAt: Sample.start + .seconds(30),
                        clockOffset: .milliseconds(250)
                    )
                ]
            )
            #expect(try await ledger.ownersInDoubt() == [Sample.identity().owner])
            let link = try await ledger.link(id)
            #expect(link.state == .inDoubt)
            #expect(link.attempts == 1)
            #expect(link.token?.secret == Secret("processor-sandbox-1"))
            let row = try #require(try LedgerEye(path).row("SELECT * FROM links"))
            #expect(row["action"] == "review")
            #expect(row["error_code"] == "crashed")
            #expect(row["run"] == 2)
            let calls = try LedgerEye(path).rows("SELECT call, result, run, sent_at FROM attempts")
            #expect(
                calls.map { "\($0["call"] as String) \($0["result"] as String) \($0["run"] as Int)" } == [
                    "post crashed 1"
                ]
            )
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [Standing.pending, .minted, .retryable, .needsUser, .rejected])
    func aMintThatWasOutIsAnOrphanOnce(_ standing: Standing) async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                let link = try await ledger.add()
                try await ledger.bring(link, to: standing)
                try await ledger.take(.mintSent, on: link.id)
            }
            for run in 2...3 {
                let ledger = try LedgerWriter(Sample.opening(path, runID: "run-\(run)"))
                let totals = try await ledger.totals()
                #expect(totals.orphanTokens == 1)
                #expect(try LedgerEye(path).string("SELECT state FROM links") == standing.state)
                #expect(try LedgerEye(path).strings("SELECT call || ' ' || result FROM attempts") == ["mint crashed"])
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func changesNothingElse() async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                for (number, standing) in Standing.allCases.enumerated() where standing != .posting {
                    let link = try await ledger.add(Sample.row("customer-\(number)", "account-\(number)"))
                    try await ledger.bring(link, to: standing)
                }
            }
            let before = try LedgerEye(path).fingerprint()
            _ = try LedgerWriter(Sample.opening(path, runID: "run-2"))
            #expect(try LedgerEye(path).fingerprint() == before)
        }
    }

    @Test(.timeLimit(.minutes(5))) func doubtsComeOldestFirst() async throws {
        try await Desk.with { desk in
            for (number, seconds) in [30, 10, 20].enumerated() {
                let link = try await desk.ledger.add(Sample.row("customer-\(number)", "account-\(number)"))
                try await desk.ledger.bring(link, to: .minted)
                let at = Sample.start + .seconds(seconds)
                try await desk.ledger.take(.intent(clockOffset: nil), on: link.id, at: at)
                try await desk.ledger.take(
                    .inDoubt(Sample.failure(), cause: .duplicate),
                    on: link.id,
                    at: at + .milliseconds(40)
                )
            }
            #expect(try await desk.ledger.ownersInDoubt().map(\.id) == ["customer-1", "customer-2", "customer-0"])
            let doubt = try #require(try await desk.ledger.doubts(of: Owner(kind: .customer, id: "customer-1")).first)
            #expect(doubt.cause == .duplicate)
            #expect(doubt.endedAt == Sample.start + .milliseconds(10_040))
            #expect(doubt.clockOffset == nil)
        }
    }
}
