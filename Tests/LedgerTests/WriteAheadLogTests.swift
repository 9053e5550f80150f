import Domain
import Ledger
import RunSupport
import Testing

/// A log whose end is torn is what a crash leaves; a log with a hole before whole commits is damage.
@Suite("The log that a dead process left", .timeLimit(.minutes(5)))
struct WriteAheadLogTests {
    private static let frame = 4_096 + 24

    @Test("cut anywhere, it is a crash, and the ledger opens with what was durable")
    func cut() async throws {
        try await withCrashedLedger { path, log in
            for length in stride(from: 0, through: log.count, by: 997) {
                try ScratchFolder.write(Array(log.prefix(length)), to: path + "-wal")
                #expect(try LedgerCheckup.examining(path).faults.isEmpty, "cut at \(length)")
            }
        }
    }

    @Test("its last commit torn is a crash, too")
    func tornEnd() async throws {
        try await withCrashedLedger { path, log in
            var torn = log
            torn[torn.count - 100] ^= 1
            try ScratchFolder.write(torn, to: path + "-wal")
            #expect(try LedgerCheckup.examining(path).faults.isEmpty)
        }
    }

    @Test(
        "changed anywhere before its last commits, it is damaged, and nobody writes to the ledger",
        arguments: [5, 12, 30, 33, 38, 50, 56, 60, 500, 4_200, 9_000]
    )
    func hole(offset: Int) async throws {
        try await withCrashedLedger { path, log in
            var damaged = log
            damaged[offset] ^= 0x55
            try ScratchFolder.write(damaged, to: path + "-wal")
            let finding = try LedgerCheckup.examining(path).findings.first { $0.part == .log }
            // What stands in a frame's head is covered by its sums only as far as it says which page it is.
            #expect(finding?.faults.count == 1, "offset \(offset)")
            #expect(throws: LedgerError.self) { try LedgerWriter(Sample.opening(path, runID: "run-2")) }
            #expect(ScratchFolder.bytes(of: path + "-wal") == damaged)
        }
    }

    @Test("whole pages of it lost, it is damaged")
    func zeroed() async throws {
        try await withCrashedLedger { path, log in
            var damaged = log
            for index in 3 * Self.frame..<5 * Self.frame { damaged[index] = 0 }
            try ScratchFolder.write(damaged, to: path + "-wal")
            #expect(try LedgerCheckup.examining(path).faults.count == 1)
        }
    }

    @Test("frames left by a commit that failed are no damage")
    func leftOvers() async throws {
        try await withCrashedLedger { path, log in
            // The end of the log is what a longer commit left that began at the same place and failed.
            let kept = log.count / Self.frame - 6
            let lost = Array(log[(32 + kept * Self.frame)...])
            let torn = Array(log.prefix(32 + (kept - 3) * Self.frame)) + lost.prefix(Self.frame * 2)
            try ScratchFolder.write(torn, to: path + "-wal")
            #expect(try LedgerCheckup.examining(path).faults.isEmpty)
        }
    }

    /// Runs `body` with a ledger as a killed process leaves it: most of it in the log.
    private func withCrashedLedger(_ body: (String, [UInt8]) async throws -> Void) async throws {
        try await Desk.withPath { path in
            _ = try LedgerWriter(Sample.opening(path))
            let ledger = try LedgerWriter(Sample.opening(path, runID: "run-1b"))
            for number in 0..<8 {
                let link = try await ledger.add(Sample.row("customer-\(number)", "account-\(number)"))
                try await ledger.bring(link, to: .posting)
            }
            let log = ScratchFolder.bytes(of: path + "-wal")
            try ScratchFolder.write(ScratchFolder.bytes(of: path), to: path + ".crashed")
            try await body(path + ".crashed", log)
            withExtendedLifetime(ledger) {}
        }
    }
}
