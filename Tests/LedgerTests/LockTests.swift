import Domain
import GRDB
import Ledger
import RunSupport
import Testing

@Suite struct LockTests {
    @Test(.timeLimit(.minutes(5))) func letsOneWriterInAndNamesItToTheNext() async throws {
        try await Desk.withPath { path in
            let first = try LedgerWriter(Sample.opening(path, holder: "process 4711 on host since noon"))
            #expect(LedgerFile.isInUse(path))
            #expect(throws: LedgerError.inUse(path: path, holder: "process 4711 on host since noon")) {
                try LedgerWriter(Sample.opening(path, holder: "process 2", runID: "run-2"))
            }
            // Who was turned away has changed nothing.
            #expect(try LedgerEye(path).int("SELECT epoch FROM ledger") == 1)
            #expect(throws: LedgerError.inUse(path: path, holder: "process 4711 on host since noon")) {
                try LedgerCare.prune(path, before: Sample.start, holder: "prune")
            }
            withExtendedLifetime(first) {}
        }
    }

    @Test(.timeLimit(.minutes(5))) func isFreeWhenItsHolderIsGone() async throws {
        try await Desk.withPath { path in
            do {
                let first = try LedgerWriter(Sample.opening(path, holder: "a very long name of a first holder"))
                withExtendedLifetime(first) {}
            }
            #expect(!LedgerFile.isInUse(path))
            let second = try LedgerWriter(Sample.opening(path, holder: "second", runID: "run-2"))
            #expect(String(decoding: ScratchFolder.bytes(of: path + ".lock"), as: UTF8.self) == "second")
            withExtendedLifetime(second) {}
        }
    }

    @Test(.timeLimit(.minutes(5))) func aFailedOpeningFreesIt() async throws {
        try await Desk.withPath { path in
            _ = try LedgerWriter(Sample.opening(path))
            #expect(throws: LedgerError.self) {
                try LedgerWriter(Sample.opening(path, client: "other", runID: "run-2"))
            }
            #expect(!LedgerFile.isInUse(path))
        }
    }

    /// Somebody removed the lock file and started a second run: the first may record, and post no more.
    @Test(.timeLimit(.minutes(5))) func whoWasTakenOverPostsNoMore() async throws {
        try await Desk.withPath { path in
            let first = try LedgerWriter(Sample.opening(path))
            let posting = try await first.add(Sample.row("customer-1", "account-1"))
            let minted = try await first.add(Sample.row("customer-2", "account-2"))
            try await first.bring(posting, to: .posting)
            try await first.bring(minted, to: .minted)
            try ScratchFolder.remove(path + ".lock")
            let second = try LedgerWriter(Sample.opening(path, runID: "run-2"))
            await #expect(throws: LedgerError.takenOver(path: path)) {
                try await first.take(.intent(clockOffset: nil), on: minted.id)
            }
            #expect(try await second.link(minted.id).state == .minted)
            #expect(try await second.link(posting.id).state == .inDoubt)
            try await first.take(.linked(Sample.bondAccount(), .answered), on: posting.id)
            #expect(try await second.link(posting.id).state == .linked)
            try await second.take(.intent(clockOffset: nil), on: minted.id)
        }
    }

    @Test(.timeLimit(.minutes(5))) func nobodyHoldsALedgerThatIsNotThere() async throws {
        try await Desk.withPath { path in
            #expect(!LedgerFile.isInUse(path))
            #expect(!LedgerFile.exists(path))
            #expect(LedgerFile.resolved("relink.sqlite", in: "/") == "/relink.sqlite")
        }
    }
}
