import Domain
import Pacing
import Pipeline
import TestSupport

/// The input of a simulation: customers with accounts, whose tokens change and whose rows come and go.
struct Scenario: Sendable {
    private(set) var rows: [InputRow] = []
    private var versions: [Int: Int] = [:]
    private var accounts: [(customer: Int, account: String)] = []
    private var random: SeededGenerator

    init(_ random: SeededGenerator) {
        self.random = random
        let customers = Int.random(in: 1...3, using: &self.random)
        for customer in 1...customers { addAccounts(Int.random(in: 1...2, using: &self.random), to: customer) }
        if self.random.chance(percent: 10) { addAccounts(Int.random(in: 7...14, using: &self.random), to: 1) }
        rebuild()
    }

    /// The owners there are.
    var owners: [Owner] { Set(rows.map(\.identity.owner)).sorted { $0.id < $1.id } }

    /// Every identity there is, by the newest access token.
    mutating func change() {
        if random.chance(percent: 40) {
            addAccounts(Int.random(in: 1...2, using: &random), to: Int.random(in: 1...5, using: &random))
        }
        if random.chance(percent: 30) { versions[Int.random(in: 1...4, using: &random), default: 1] += 1 }
        rebuild()
        rows.shuffle(using: &random)
    }

    /// Rows as a run gets them: some of them, some twice, some that are none.
    mutating func batches(all: Bool) -> [RowBatch] {
        var given = rows
        if !all, random.chance(percent: 30) { given.removeLast(Int.random(in: 0..<given.count, using: &random)) }
        for row in given where random.chance(percent: 5) { given.append(row) }
        let size = Int.random(in: 1...8, using: &random)
        var batches = stride(from: 0, to: given.count, by: size).map { start in
            RowBatch(rows: Array(given[start..<min(start + size, given.count)]))
        }
        if random.chance(percent: 20), !batches.isEmpty { batches[0].invalid = [invalidRow] }
        return batches
    }

    private mutating func addAccounts(_ count: Int, to customer: Int) {
        for _ in 0..<count {
            // Now and then two customers share an account.
            let number = random.chance(percent: 6) ? accounts.count : accounts.count + 1
            let account = "a\(max(1, number))"
            if !accounts.contains(where: { $0 == (customer, account) }) { accounts.append((customer, account)) }
        }
    }

    private mutating func rebuild() {
        rows = accounts.enumerated().map { line, place in
            Sample.row(
                "c\(place.customer)",
                place.account,
                token: "access-c\(place.customer)-v\(versions[place.customer, default: 1])",
                line: line + 2
            )
        }
    }

    private var invalidRow: InvalidRow {
        InvalidRow(
            position: InputPosition(file: "rows.csv", line: 1_000),
            column: 1,
            reason: .missingValue,
            message: "no account"
        )
    }
}
