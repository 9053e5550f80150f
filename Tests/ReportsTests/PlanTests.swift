import Domain
import Foundation
import Reports
import Testing

/// What a run would do, for people and for programs.
@Suite struct PlanTests {
    private static let start = Timestamp(milliseconds: 1_790_000_000_000)

    private static func row(_ number: Int, owner: String? = nil, warnings: [RowWarning] = []) -> InputRow {
        InputRow(
            identity: Identity(owner: Owner(kind: .customer, id: owner ?? "c-\(number)"), accountID: "a-\(number)"),
            credential: .accessToken(Secret("access-sandbox-1")),
            reference: nil,
            position: InputPosition(file: "in.csv", line: number + 2),
            warnings: warnings
        )
    }

    /// 100 new rows of one customer, and a row of each other kind.
    private static var plan: Plan {
        var plan = Plan(madeAt: start)
        (plan.ledger, plan.hasLedger) = ("/data/relink.sqlite", true)
        for number in 0..<100 {
            plan.note(row(number, owner: "hot"), Foresight(work: .mintAndPost, state: nil), isLeft: false)
        }
        plan.note(row(100, warnings: [.accountIDShape]), Foresight(work: .post, state: .retryable), isLeft: false)
        plan.note(row(101), Foresight(work: .ask, state: .needsUser), isLeft: false)
        plan.note(row(102), Foresight(work: .reconcile, state: .inDoubt), isLeft: false)
        plan.note(row(103), Foresight(work: .skip, state: .linked), isLeft: true)
        plan.note(row(104), Foresight(work: .mintAndPost, state: nil, mayBeRenumbered: true), isLeft: true)
        plan.input.noteDuplicate()
        (plan.inDoubt, plan.ownersInDoubt, plan.orphanTokens) = (1, 1, 2)
        plan.given.rates = [.plaid: 400.0 / 60, .bond: 10]
        (plan.given.duration, plan.given.bottleneck) = (.seconds(125), .plaid)
        plan.next = "relink run in.csv"
        return plan
    }

    @Test func anExchangeIsOneMoreCallToPlaid() {
        var plan = Self.plan
        var foresight = Foresight(work: .mintAndPost, state: nil)
        foresight.exchanges = true
        let before = plan.calls
        plan.note(Self.row(200), foresight, isLeft: false)
        #expect(plan.calls[.plaid] == (before[.plaid] ?? 0) + 2)
        #expect(plan.calls[.bond] == (before[.bond] ?? 0) + 1)
    }

    @Test func tellsPeopleWhatWouldHappenAndWhatLooksOdd() {
        #expect(
            PlanText(Self.plan).text == """
                plan: 103 rows to try

                rows      106 read: 105 valid, 1 duplicate
                would     100 mint and post, 1 post, with the token that is there, 1 ask Plaid again, whose user had to act, \
                1 settle by listing, 1 skip, 1 left for later
                now       101 new, 1 linked, 1 in_doubt, 1 retryable, 1 needs_user
                plaid     101 calls
                bond      103 calls
                takes     at least 2 min 5 s, done at 2026-09-21T14:15:25.000Z at the earliest if begun now; at Plaid 400.0/min and Bond 600.0/min, \
                Plaid decides
                in doubt  1 row in the whole ledger, settled first by listing
                orphans   2 processor tokens made and not used
                ledger    /data/relink.sqlite
                next      relink run in.csv

                warning: 1 row: the account id is not 37 letters and digits, as Plaid's usually are.
                warning: 100 rows or more of customer hot: they are posted one after the other, and may end after all others.
                warning: 1 new row without a reference beside a linked account of the same owner and token: \
                if Plaid gave an account a new id, it would be linked twice. References tell them apart.
                """
        )
    }

    @Test func tellsProgramsTheSame() throws {
        let inputs = [PlanDocument.Input(name: "in.csv", sha256: "00ff")]
        let text = PlanDocument(Self.plan, inputs: inputs, epoch: 7).json
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["ledger_epoch"] as? Int == 7)
        #expect((document["inputs"] as? [[String: String]]) == [["name": "in.csv", "sha256": "00ff"]])
        #expect((document["work"] as? [String: Int])?["mint_and_post"] == 100)
        #expect(document["left_for_later"] as? Int == 1)
        #expect((document["calls"] as? [String: Int]) == ["plaid": 101, "bond": 103])
        #expect((document["forecast"] as? [String: Any])?["finish_at"] as? String == "2026-09-21T14:15:25.000Z")
        #expect(document["forecast_at_learned_rates"] is NSNull)
        #expect(
            (document["warnings"] as? [[String: Any]])?.compactMap { $0["code"] as? String } == [
                "account_id_shape", "many_rows_of_one_owner", "may_be_renumbered",
            ]
        )
    }

    @Test func nothingToDoIsNothingToDo() {
        var plan = Plan(madeAt: Self.start)
        plan.note(Self.row(1), Foresight(work: .skip, state: .linked), isLeft: false)
        #expect(!plan.hasWork)
        #expect(PlanText(plan).text.hasPrefix("plan: nothing to do\n"))
        // Rows in doubt that are not in this input are settled all the same.
        plan.ownersInDoubt = 1
        #expect(plan.hasWork)
        #expect(plan.calls == [.plaid: 0, .bond: 2])
    }
}

@Suite struct HeavyHittersTests {
    @Test func findsWhatComesOftenAmongManyThatComeOnce() throws {
        var hitters = HeavyHitters<String>(capacity: 50)
        for number in 0..<10_000 {
            hitters.note("once-\(number)")
            if number.isMultiple(of: 10) { hitters.note("often") }
        }
        let top = try #require(hitters.top(atLeast: 500))
        #expect(top.element == "often")
        #expect((500...1_000).contains(top.count))
    }

    @Test func nothingIsOftenWhereAllComeOnce() {
        var hitters = HeavyHitters<Int>(capacity: 50)
        for number in 0..<10_000 { hitters.note(number) }
        #expect(hitters.top(atLeast: 100) == nil)
    }
}
