import Domain
import Intake
import TestSupport
import Testing

/// Which rows come again.
@Suite struct RepeatIndexTests {
    @Test func tellsRepeatsFromConflicts() {
        var index = RepeatIndex()
        let first = InputPosition(file: "a.csv", line: 2)
        #expect(index.note(Sample.row(file: "a.csv", line: 2)) == .first)
        #expect(index.note(Sample.row(reference: "other", file: "a.csv", line: 3)) == .duplicate(of: first))
        #expect(
            index.note(Sample.row(owner: Sample.owner.uppercased(), file: "b.csv", line: 1)) == .duplicate(of: first)
        )
        #expect(index.note(Sample.row(token: "t", file: "b.csv", line: 9)) == .conflict(with: first))
        #expect(index.note(Sample.row(file: "b.csv", line: 10)) == .duplicate(of: first))
        #expect(index.note(Sample.row(kind: .business, file: "b.csv", line: 11)) == .first)
        #expect(index.note(Sample.row(account: Sample.account.lowercased(), file: "b.csv", line: 12)) == .first)
        let second = InputPosition(file: "b.csv", line: 11)
        #expect(index.note(Sample.row(kind: .business, file: "a.csv", line: 1)) == .duplicate(of: second))
    }

    @Test func agreesWithADictionary() {
        let seed = SeededGenerator.processSeed
        var random = SeededGenerator(seed: seed)
        var index = RepeatIndex()
        var known: [Identity: (position: InputPosition, token: String)] = [:]
        for line in 1...60_000 {
            let row = Sample.row(
                owner: "o\(Int.random(in: 0..<30_000, using: &random))",
                account: "a\(random.pick([1, 2]))",
                token: "t\(random.pick([1, 2]))",
                file: "f\(line / 7_000)",
                line: line % 7_000 + 1
            )
            let earlier = known[row.identity]
            let expected = earlier.map {
                $0.token == row.credential.secret.exposed
                    ? Repeat.duplicate(of: $0.position) : .conflict(with: $0.position)
            }
            #expect(index.note(row) == expected ?? .first, "RELINK_TEST_SEED=\(seed), line \(line)")
            if earlier == nil { known[row.identity] = (row.position, row.credential.secret.exposed) }
        }
    }

    @Test func takesAbout32BytesARow() {
        var index = RepeatIndex()
        for line in 1...200_000 {
            _ = index.note(Sample.row(owner: String(line), line: line))
        }
        #expect(index.byteCount < 200_000 * 35)
    }

    @Test func makesAProblemOfAConflict() {
        let first = InputPosition(file: "a.csv", line: 2)
        let problem = InvalidRow.conflictingToken(Sample.row(file: "b.csv", line: 7), first: first)
        #expect(problem.reason == .conflictingToken && problem.position == InputPosition(file: "b.csv", line: 7))
        #expect(problem.message.contains("line 7") && problem.message.contains("line 2 of a.csv"))
        #expect(problem.owner?.id == Sample.owner && problem.accountID == Sample.account && problem.reference == "r1")
        #expect(!problem.message.contains(Sample.token))
    }
}
