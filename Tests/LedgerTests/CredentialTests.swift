import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// What is remembered of credentials, and that others' is not mistaken for it.
@Suite(.everyEngine) struct CredentialTests {
    @Test(.timeLimit(.minutes(5))) func remembersTheNewestSuccessOfEachAPIAndKey() async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                #expect(try await ledger.lastSuccess(of: .plaid) == nil)
                try await ledger.noteSuccess(of: .plaid, at: Sample.start + .seconds(9))
                try await ledger.noteSuccess(of: .plaid, at: Sample.start)
                #expect(try await ledger.lastSuccess(of: .plaid) == Sample.start + .seconds(9))
                #expect(try await ledger.lastSuccess(of: .bond) == nil)
            }
            let others: [API: Secret] = [.plaid: Secret("new"), .bond: Secret("bond-secret")]
            do {
                let changed = try LedgerWriter(Sample.opening(path, credentials: others, runID: "run-2"))
                #expect(try await changed.lastSuccess(of: .plaid) == nil)
            }
            let back = try LedgerWriter(Sample.opening(path, runID: "run-3"))
            #expect(try await back.lastSuccess(of: .plaid) == Sample.start + .seconds(9))
        }
    }

    @Test(.timeLimit(.minutes(5))) func remembersStopsOfEarlierRunsWithTheSameKey() async throws {
        let others: [API: Secret] = [.plaid: Secret("plaid-secret"), .bond: Secret("new")]
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                try await ledger.noteStop("refusals:bond:x", of: .bond, at: Sample.start)
                #expect(try await !ledger.hasStoppedBefore("refusals:bond:x", of: .bond), "this run is not before")
            }
            do {
                let next = try LedgerWriter(Sample.opening(path, runID: "run-2"))
                #expect(try await next.hasStoppedBefore("refusals:bond:x", of: .bond))
                #expect(try await !next.hasStoppedBefore("refusals:bond:y", of: .bond))
                #expect(try await !next.hasStoppedBefore("refusals:bond:x", of: .plaid))
            }
            let changed = try LedgerWriter(Sample.opening(path, credentials: others, runID: "run-3"))
            #expect(try await !changed.hasStoppedBefore("refusals:bond:x", of: .bond))
        }
    }
}
