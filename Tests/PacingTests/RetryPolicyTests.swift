import Pacing
import TestSupport
import Testing

@Suite struct RetryPolicyTests {
    @Test func triesFourTimesUnlessToldOtherwise() {
        #expect(RetryPolicy().tries == 4)
        #expect(RetryPolicy(tries: 7).tries == 7)
    }

    @Test(
        arguments: [
            (1, 1, 0.1), (2, 2, 0.2), (3, 4, 0.4), (4, 8, 0.8), (5, 16, 1.6), (6, 20, 3.2), (7, 20, 6.4), (8, 20, 12.8),
            (9, 20, 20), (30, 20, 20), (100, 20, 20), (.max, 20, 20), (0, 1, 0.1), (-5, 1, 0.1),
        ] as [(Int, Double, Double)]
    )
    func boundDoublesUpToTheCap(failed: Int, refused: Double, notConnected: Double) {
        let policy = RetryPolicy()
        #expect(policy.delay(after: failed, connecting: false, jitter: 1) == .seconds(refused))
        #expect(
            policy.delay(after: failed, connecting: true, jitter: 1)
                == .milliseconds(Int64((notConnected * 1_000).rounded()))
        )
        #expect(policy.delay(after: failed, connecting: false, jitter: 0) == .zero)
    }

    @Test func jitterIsFull() {
        var random = SeededGenerator()
        let seed = "\(random)"
        let policy = RetryPolicy(base: .seconds(3), connectBase: .seconds(2), cap: .seconds(10))
        for _ in 0..<1_000 {
            let jitter = random.unit()
            #expect(policy.delay(after: 2, connecting: false, jitter: jitter) == .seconds(6) * jitter, "\(seed)")
            #expect(policy.delay(after: 9, connecting: false, jitter: jitter) == .seconds(10) * jitter, "\(seed)")
            #expect(policy.delay(after: 2, connecting: true, jitter: jitter) == .seconds(4) * jitter, "\(seed)")
        }
    }
}

@Suite struct RetryBudgetTests {
    private static func spendAll(_ budget: inout RetryBudget) -> Int {
        var spent = 0
        while spent < 10_000, budget.spend() { spent += 1 }
        return spent
    }

    @Test func smallRunHasTwentyRetries() {
        var budget = RetryBudget()
        #expect(Self.spendAll(&budget) == 20)
        #expect(Self.spendAll(&budget) == 0)
    }

    @Test(arguments: [0, 5, 100, 1_000, 1_700])
    func tenthOfTheCallsIsAdded(calls: Int) {
        var budget = RetryBudget()
        for _ in 0..<calls { budget.earn() }
        #expect(abs(Double(Self.spendAll(&budget)) - (20 + Double(calls) / 10)) <= 1)
    }

    @Test func savingsHaveALimit() {
        var budget = RetryBudget()
        for _ in 0..<1_000_000 { budget.earn() }
        #expect(Self.spendAll(&budget) == 200)
    }

    @Test func retriesStayATenthInTheLongRun() {
        var budget = RetryBudget()
        var retries = 0
        for _ in 0..<100_000 {
            budget.earn()
            while budget.spend() { retries += 1 }
        }
        #expect(abs(retries - 10_020) <= 1)
    }
}
