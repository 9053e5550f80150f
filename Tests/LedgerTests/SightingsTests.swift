import Domain
import Ledger
import RunSupport
import Testing

/// How a run knows the rows again that its input has named before, in whatever order it names them.
@Suite(.timeLimit(.minutes(5)), .everyEngine) struct SightingsTests {
    private static let count = 2_500

    /// Which of the ledger's rows an input names, and in what order.
    enum Order: String, CaseIterable {
        case same
        case reversed
        /// More gaps than are kept apart.
        case everySecond
        case inBlocks
        case blocksOutOfOrder

        var rows: [Int] {
            let all = Array(0..<SightingsTests.count)
            switch self {
            case .same: return all
            case .reversed: return all.reversed()
            case .everySecond: return all.filter { $0.isMultiple(of: 2) }
            case .inBlocks: return all.filter { $0 / 100 % 3 != 1 }
            case .blocksOutOfOrder: return Array(all[1_500...] + all[..<1_200])
            }
        }
    }

    /// The row of a number, in one of two files; some lines are empty.
    private func row(_ number: Int, at place: Int, token: String = "t") -> InputRow {
        let file = place < 1_000 ? "a.csv" : "b.csv"
        return Sample.row("customer-\(number)", "account-1", token: token, file: file, line: place + 2 + place / 300)
    }

    private func admit(_ rows: [InputRow], _ ledger: LedgerWriter) async throws -> [Admission] {
        var admissions: [Admission] = []
        for start in stride(from: 0, to: rows.count, by: 500) {
            let part = Array(rows[start..<min(start + 500, rows.count)])
            admissions += try await ledger.admit(part, policy: Sample.policy())
        }
        return admissions
    }

    @Test(arguments: Order.allCases) func aRowIsKnownAgainByWhereItStoodFirst(_ order: Order) async throws {
        try await Desk.withPath { path in
            do {
                let ledger = try LedgerWriter(Sample.opening(path))
                _ = try await admit((0..<Self.count).map { row($0, at: $0) }, ledger)
            }
            let ledger = try LedgerWriter(Sample.opening(path, runID: "run-2"))
            let rows = order.rows.enumerated().map { row($1, at: $0) }
            let first = try await admit(rows, ledger)
            #expect(first.allSatisfy { if case .work = $0 { true } else { false } })
            #expect(try await admit(rows, ledger).allSatisfy { $0 == .duplicate })
            let others = order.rows.map { row($0, at: 9_000, token: "other") }
            #expect(try await admit(others, ledger) == rows.map { .conflict(first: $0.position) })
            #expect(try await ledger.statesOfInput() == [.pending: rows.count, .linked: 0])
            // What it has not named yet, it meets for the first time.
            let rest = Set(0..<Self.count).subtracting(order.rows).sorted().map { row($0, at: 9_500 + $0) }
            let last = try await admit(rest, ledger)
            #expect(last.allSatisfy { if case .work = $0 { true } else { false } })
            #expect(try await ledger.statesOfInput() == [.pending: Self.count, .linked: 0])
        }
    }
}
