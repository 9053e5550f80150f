import Domain
import GRDB
import Ledger
import RunSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Backup, restore, prune.
@Suite struct CareTests {
    @Test(.timeLimit(.minutes(5))) func backsUpWhileARunWrites() async throws {
        try await Desk.with { desk in
            let link = try await desk.ledger.add()
            try await desk.ledger.bring(link, to: .minted)
            let copy = desk.folder.file("copy.sqlite")
            try LedgerCare.backUp(desk.path, to: copy)
            #expect(ScratchFolder.mode(of: copy) == 0o600)
            #expect(try LedgerEye(copy).fingerprint() == desk.eye.fingerprint())
            #expect(try LedgerReader(path: copy).overview().totals.states[.minted] == 1)
            // The run goes on, and the copy stays what it is.
            try await desk.ledger.take(.intent(clockOffset: nil), on: link.id)
            #expect(try LedgerEye(copy).string("SELECT state FROM links") == "minted")
            #expect(ScratchFolder.mode(of: copy + ".part") == nil)
        }
    }

    @Test(.timeLimit(.minutes(5))) func writesOverNothing() async throws {
        try await Desk.with { desk in
            let copy = desk.folder.file("copy.sqlite")
            try ScratchFolder.write([1, 2, 3], to: copy)
            #expect(throws: LedgerError.self) { try LedgerCare.backUp(desk.path, to: copy) }
            #expect(ScratchFolder.bytes(of: copy) == [1, 2, 3])
            #expect(throws: LedgerError.missing(path: copy + "x")) {
                try LedgerCare.backUp(copy + "x", to: copy + "y")
            }
            #expect(ScratchFolder.mode(of: copy + "y") == nil)
        }
    }

    @Test(.timeLimit(.minutes(5))) func restoresAndKeepsWhatWasThere() async throws {
        try await ScratchFolder.with { folder in
            let (path, copy) = (folder.file("relink.sqlite"), folder.file("copy.sqlite"))
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                _ = try await ledger.add()
                try LedgerCare.backUp(path, to: copy)
                _ = try await ledger.add(Sample.row("customer-2", "account-2"))
                #expect(throws: LedgerError.inUse(path: path, holder: "process 1")) {
                    try LedgerCare.restore(copy, to: path, holder: "restore", at: Sample.start)
                }
            }
            let former = try #require(
                try LedgerCare.restore(copy, to: path, holder: "restore", at: Sample.start)
            )
            #expect(try LedgerEye(former).int("SELECT count(*) FROM links") == 2)
            #expect(try LedgerEye(path).int("SELECT count(*) FROM links") == 1)
            #expect(ScratchFolder.mode(of: path) == 0o600)
            let ledger = try LedgerWriter(Sample.opening(path, runID: "run-9"))
            #expect(try await ledger.link(1).state == .inDoubt)
        }
    }

    @Test(.timeLimit(.minutes(5))) func makesNoNewLedgerWhereRestoringWasCutShort() async throws {
        try await ScratchFolder.with { folder in
            let (path, copy) = (folder.file("relink.sqlite"), folder.file("copy.sqlite"))
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                _ = try await ledger.add()
                try LedgerCare.backUp(path, to: copy)
            }
            // The former ledger has been moved away, and the copy has not taken its place.
            let gap = folder.file("gap.sqlite")
            try ScratchFolder.write(ScratchFolder.bytes(of: copy), to: gap + ".part")
            #expect(throws: LedgerError.restoreCutShort(path: gap, draft: gap + ".part")) {
                try LedgerWriter(Sample.opening(gap))
            }
            #expect(!LedgerFile.exists(gap))
            _ = try LedgerCare.restore(copy, to: gap, holder: "restore", at: Sample.start)
            let ledger = try LedgerWriter(Sample.opening(gap, runID: "run-2"))
            #expect(try await ledger.link(1).state == .inDoubt)
        }
    }

    @Test(.timeLimit(.minutes(5))) func restoresNothingThatIsNoLedger() async throws {
        try await Desk.withPath { path in
            _ = try LedgerWriter(Sample.opening(path))
            try ScratchFolder.write(Array("not a database, but long enough to be looked at".utf8), to: path + ".bad")
            #expect(throws: LedgerError.notALedger(path: path + ".bad")) {
                try LedgerCare.restore(path + ".bad", to: path, holder: "restore", at: Sample.start)
            }
            #expect(try LedgerReader(path: path).environment() == "sandbox")
            #expect(!LedgerFile.isInUse(path))
        }
    }

    @Test(.timeLimit(.minutes(5))) func restoresWhereThereWasNothing() async throws {
        try await ScratchFolder.with { folder in
            let (path, copy) = (folder.file("relink.sqlite"), folder.file("copy.sqlite"))
            _ = try LedgerWriter(Sample.opening(path))
            try LedgerCare.backUp(path, to: copy)
            let other = folder.file("other.sqlite")
            #expect(try LedgerCare.restore(copy, to: other, holder: "restore", at: Sample.start) == nil)
            #expect(try LedgerReader(path: other).environment() == "sandbox")
        }
    }

    @Test(.timeLimit(.minutes(5))) func prunesOldCallsAndKeepsRows() async throws {
        let invalid = InvalidRow(
            position: InputPosition(file: "rows.csv", line: 2),
            column: 1,
            reason: .badUTF8,
            message: "bytes"
        )
        try await Desk.withPath { path in
            for run in 1...2 {
                let now = Sample.start + .seconds(run * 100)
                let ledger = try LedgerWriter(Sample.opening(path, runID: "run-\(run)", at: now))
                let link = try await ledger.add(Sample.row("customer-\(run)", "account-\(run)"))
                try await ledger.bring(link, to: .posting)
                try await ledger.record([invalid])
                let call = Attempt(call: .post, result: .lost, sentAt: now)
                try await ledger.take(.inDoubt(Sample.failure(), cause: .unanswered), on: link.id, attempt: call)
            }
            #expect(throws: LedgerError.missing(path: path + "x")) {
                try LedgerCare.prune(path + "x", before: Sample.start, holder: "prune")
            }
            let rows = try LedgerEye(path).rows("SELECT * FROM links").map(\.description)
            #expect(try LedgerCare.prune(path, before: Sample.start + .seconds(100), holder: "prune") == 0)
            #expect(try LedgerCare.prune(path, before: Sample.start + .seconds(150), holder: "prune") == 1)
            #expect(try LedgerCare.prune(path, before: Sample.start + .seconds(999), holder: "prune") == 1)
            #expect(try LedgerEye(path).rows("SELECT * FROM links").map(\.description) == rows)
            #expect(try LedgerEye(path).int("SELECT count(*) FROM invalid_rows") == 1, "the newest run's stay")
            #expect(!LedgerFile.isInUse(path))
            #expect(ScratchFolder.mode(of: path) == 0o600)
        }
    }

    /// The very case that restoring is for: what is there cannot be opened.
    @Test(.timeLimit(.minutes(5)), arguments: ["garbage", "torn", "crashed"])
    func restoresOverALedgerThatIsDamaged(_ kind: String) async throws {
        try await ScratchFolder.with { folder in
            let (path, copy, bad) = (
                folder.file("relink.sqlite"), folder.file("copy.sqlite"), folder.file("bad.sqlite")
            )
            let ledger = try LedgerWriter(Sample.opening(path))
            _ = try await ledger.add()
            try LedgerCare.backUp(path, to: copy)
            _ = try await ledger.add(Sample.row("customer-2", "account-2"))
            switch kind {
            case "garbage": try ScratchFolder.write(Array(repeating: 65, count: 9_000), to: bad)
            case "torn":
                let bytes = ScratchFolder.bytes(of: copy)
                try ScratchFolder.write(Array(bytes.prefix(5_000)) + Array(repeating: 0, count: 3_192), to: bad)
            default:
                // As a killed process leaves it: most of it in the log.
                try ScratchFolder.write(ScratchFolder.bytes(of: path), to: bad)
                try ScratchFolder.write(ScratchFolder.bytes(of: path + "-wal"), to: bad + "-wal")
            }
            let former = try #require(try LedgerCare.restore(copy, to: bad, holder: "restore", at: Sample.start))
            #expect(try LedgerEye(bad).int("SELECT count(*) FROM links") == 1)
            #expect(try LedgerEye(bad).string("PRAGMA integrity_check") == "ok")
            #expect(ScratchFolder.mode(of: former) != nil)
            if kind == "crashed" { #expect(try LedgerEye(former).int("SELECT count(*) FROM links") == 2) }
            withExtendedLifetime(ledger) {}
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [("held", true), ("unlinked", true), ("rejected", false)])
    func whatWaitedForAPersonInTheCopyDoesSoAfterwards(_ state: String, waits: Bool) async throws {
        try await ScratchFolder.with { folder in
            let (path, copy) = (folder.file("relink.sqlite"), folder.file("copy.sqlite"))
            let link: Link
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                link = try await ledger.add()
                try await ledger.bring(link, to: state == "rejected" ? .rejected : .unlinked)
                try LedgerEye(path).execute("UPDATE links SET state = '\(state)'")
                try LedgerCare.backUp(path, to: copy)
            }
            // Twice, for a restored ledger is backed up, too.
            for number in 1...2 {
                let at = Sample.start + .seconds(number)
                _ = try LedgerCare.restore(copy, to: path, holder: "restore", at: at)
                unlink(copy)
                try LedgerCare.backUp(path, to: copy)
            }
            let ledger = try LedgerWriter(Sample.opening(path, runID: "run-2"))
            #expect(try LedgerEye(path).string("SELECT state FROM links") == "in_doubt")
            try await ledger.take(.provenAbsent(because: "not listed"), on: link.id)
            #expect(try LedgerEye(path).string("SELECT state FROM links") == (waits ? state : "pending"))
            #expect(try LedgerEye(path).string("SELECT action FROM links") == (waits ? "review" : "retry"))
        }
    }

    /// A log without its file must not be read into the file that takes its place.
    @Test(.timeLimit(.minutes(5))) func restoresBesideALogThatIsLeftOver() async throws {
        try await ScratchFolder.with { folder in
            let (path, copy, bad) = (
                folder.file("relink.sqlite"), folder.file("copy.sqlite"), folder.file("bad.sqlite")
            )
            let ledger = try LedgerWriter(Sample.opening(path))
            _ = try await ledger.add()
            try LedgerCare.backUp(path, to: copy)
            _ = try await ledger.add(Sample.row("customer-2", "account-2"))
            try ScratchFolder.write(ScratchFolder.bytes(of: path + "-wal"), to: bad + "-wal")
            #expect(try LedgerCare.restore(copy, to: bad, holder: "restore", at: Sample.start) == nil)
            #expect(try LedgerEye(bad).int("SELECT count(*) FROM links") == 1)
            #expect(try LedgerEye(bad).string("PRAGMA integrity_check") == "ok")
            withExtendedLifetime(ledger) {}
        }
    }
}
