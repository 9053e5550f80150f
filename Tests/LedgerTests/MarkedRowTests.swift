import Domain
import GRDB
import Ledger
import RunSupport
import Testing

/// A linked row is known by what the input says of it; everything that differs is looked at.
struct MarkedRowTests {
    @Test(.timeLimit(.minutes(5))) func everythingTheInputSaysIsInTheMark() async throws {
        try await Desk.with { desk in
            let rows = [
                Sample.row("c1", "a1", token: "t1", reference: "r1"),
                Sample.row("c2", "a1", token: "t1", reference: "r1"),
                Sample.row("c1", "a2", token: "t1", reference: "r1"),
                Sample.row("c1", "a1", token: "t2", reference: "r1"),
                Sample.row("c1", "a1", token: "t1", reference: "r2"),
                Sample.row("c1", "a1", token: "t1", reference: nil),
                Sample.row("c1", "a1", token: "t1", reference: ""),
                Sample.row("c1", "a1", publicToken: "t1"),
                Sample.row("c1a", "1", token: "t1", reference: nil),
            ]
            #expect(Set(desk.ledger.marked(rows).map { "\($0.high) \($0.low)" }).count == rows.count)
            let again = Sample.row("c1", "a1", token: "t1", reference: "r1", file: "other.csv", line: 9)
            let (one, other) = (desk.ledger.marked([rows[0]])[0], desk.ledger.marked([again])[0])
            #expect(one.high == other.high && one.low == other.low, "where it stands is no part of it")
        }
    }

    /// The marks of 128 bits are compared whole.
    @Test(.timeLimit(.minutes(5)), arguments: ["input_high", "input_low"]) func halfAMarkIsNone(_ half: String)
        async throws
    {
        try await Self.withLinked(1) { path, rows in
            try LedgerEye(path).execute("UPDATE links SET \(half) = \(half) + 1, fingerprint = x'00'")
            let ledger = try LedgerWriter(Sample.opening(path, runID: "run-2"))
            #expect(try await ledger.admit(rows, policy: Sample.policy()) == [.skip])
            let fingerprint = try LedgerEye(path).row("SELECT hex(fingerprint) AS hex FROM links")?["hex"] as String?
            #expect(fingerprint != "00", "it was looked at, and its token taken for a new one")
        }
    }

    /// In whatever order they come: what would be renewed on a closer look shows that there was none.
    @Test(.timeLimit(.minutes(5)), arguments: [[0, 1, 2, 3], [3, 1, 0, 2], [2, 3, 0, 1]])
    func linkedRowsAreKnownAtOnce(_ order: [Int]) async throws {
        try await Self.withLinked(4) { path, rows in
            try LedgerEye(path).execute("UPDATE links SET fingerprint = x'00'")
            let ledger = try LedgerWriter(Sample.opening(path, runID: "run-2"))
            let admissions = try await ledger.admit(order.map { rows[$0] }, policy: Sample.policy())
            #expect(admissions == [.skip, .skip, .skip, .skip])
            #expect(try LedgerEye(path).int("SELECT count(*) FROM links WHERE fingerprint = x'00'") == 4)
            #expect(try await ledger.statesOfInput() == [.linked: 4])
        }
    }

    /// A ledger of an earlier version has no marks: they come with the next run.
    @Test(.timeLimit(.minutes(5))) func missingMarksAreMade() async throws {
        try await Self.withLinked(3) { path, rows in
            try LedgerEye(path).execute("UPDATE links SET input_high = NULL, input_low = NULL")
            let ledger = try LedgerWriter(Sample.opening(path, runID: "run-2"))
            #expect(try await ledger.admit(rows, policy: Sample.policy()) == [.skip, .skip, .skip])
            #expect(try LedgerEye(path).int("SELECT count(*) FROM links WHERE input_high IS NULL") == 0)
        }
    }

    /// A row that is linked no more is looked at, although the input says of it what it said.
    @Test(.timeLimit(.minutes(5))) func unlinkedRowsAreLookedAt() async throws {
        try await Self.withLinked(2) { path, rows in
            try LedgerEye(path).execute("UPDATE links SET state = 'unlinked', action = 'review' WHERE id = 1")
            let ledger = try LedgerWriter(Sample.opening(path, runID: "run-2"))
            _ = try await ledger.admit(rows, policy: Sample.policy())
            #expect(try await ledger.statesOfInput() == [.linked: 1, .unlinked: 1])
        }
    }

    /// Where rows were met first is known for every number a row may have, and in every file.
    @Test(.timeLimit(.minutes(5)), arguments: [65_533, 65_534, 65_535, 200_000])
    func firstPlacesAreKnown(_ shift: Int) async throws {
        // The numbers of rows are changed in SQLite's own way.
        guard TestEngine.current == .sqlite else { return }
        try await Self.withLinked(3) { path, _ in
            try LedgerEye(path).execute(
                """
                PRAGMA defer_foreign_keys = ON;
                UPDATE links SET id = -id; UPDATE links SET id = \(shift) - id;
                UPDATE attempts SET link = link + \(shift); UPDATE ledger SET newest_answered = newest_answered + \(shift);
                """
            )
            let ledger = try LedgerWriter(Sample.opening(path, runID: "run-2"))
            let (files, lines) = (["a.csv", "b.csv", "b.csv"], [7, 8, 9])
            let first = (0..<3).map { Sample.row("c\($0)", "a\($0)", file: files[$0], line: lines[$0]) }
            #expect(try await ledger.admit(first, policy: Sample.policy()) == [.skip, .skip, .skip])
            let other = (0..<3).map { Sample.row("c\($0)", "a\($0)", token: "other", file: "c.csv", line: 2) }
            let positions = (0..<3).map { InputPosition(file: files[$0], line: lines[$0]) }
            #expect(try await ledger.admit(other, policy: Sample.policy()) == positions.map { .conflict(first: $0) })
            #expect(try await ledger.statesOfInput() == [.linked: 3])
        }
    }

    /// Runs `body` with the path of a ledger of linked rows, and the rows.
    private static func withLinked(_ count: Int, _ body: (String, [InputRow]) async throws -> Void) async throws {
        try await Desk.withPath { path in
            let rows = (0..<count).map { Sample.row("c\($0)", "a\($0)", line: $0 + 2) }
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                for row in rows { try await ledger.bring(try await ledger.add(row), to: .linked) }
            }
            try await body(path, rows)
        }
    }
}
