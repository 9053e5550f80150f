import Domain
import TestSupport
import Testing

/// Times are seconds after the intent; the call ends at 30, and what is listed has settled at 90.
@Suite struct ReconciliationTests {
    private static let intent = Timestamp(milliseconds: 1_709_287_200_000)
    private static let settle = Duration.seconds(60)
    private static let owner = Owner(kind: .customer, id: "customer")

    private static func doubt(
        _ link: Link.ID = 1,
        cause: Doubt.Cause = .unanswered,
        intent: Double = 0,
        ended: Double = 30,
        offset: Duration? = .zero
    ) -> Doubt {
        Doubt(
            link: link,
            identity: Identity(owner: owner, accountID: "account-\(link)"),
            cause: cause,
            intentAt: Self.intent + .seconds(intent),
            endedAt: Self.intent + .seconds(ended),
            clockOffset: offset
        )
    }

    private static func account(_ id: String, at seconds: Double, status: String? = "active") -> BondAccount {
        let created = intent + .milliseconds(Int64((seconds * 1_000).rounded()))
        return BondAccount(linkedAccountID: id, status: status, dateCreated: created.description)
    }

    private static func reconciliation(
        proven: Bool = true,
        listed: Double = 1_000,
        offset: Duration? = nil
    ) -> Reconciliation {
        Reconciliation(
            settle: settle,
            absenceIsEvidence: proven,
            listedAt: intent + .seconds(listed),
            clockOffset: offset
        )
    }

    private static func verdict(
        on doubt: Doubt = doubt(),
        _ listed: [BondAccount] = [],
        owned: Set<String> = [],
        by reconciliation: Reconciliation = reconciliation()
    ) -> Reconciliation.Verdict? {
        reconciliation.verdicts(on: [doubt], listed: listed, owned: owned)[doubt.link]
    }

    /// The code of a verdict that leaves the row to a person; nothing for any other verdict.
    private static func reviewCode(_ verdict: Reconciliation.Verdict?) -> String? {
        guard case .review(let failure) = verdict else { return nil }
        return failure.source == .bond ? failure.code : nil
    }

    // MARK: Nothing fits

    @Test(arguments: [0, 30, 89, 89.999] as [Double])
    func absenceMeansNothingBeforeSettling(listed: Double) {
        for isProven in [true, false] {
            let verdict = Self.verdict(by: Self.reconciliation(proven: isProven, listed: listed))
            #expect(verdict == .unsettled(until: Self.intent + .seconds(90)))
        }
    }

    @Test(arguments: [90, 90.001, 100_000] as [Double])
    func absenceNeedsProofAfterSettling(listed: Double) {
        let unproven = Self.verdict(by: Self.reconciliation(proven: false, listed: listed))
        #expect(Self.reviewCode(unproven) == "listing_unproven")
        #expect(Self.verdict(by: Self.reconciliation(listed: listed)) == .absent)
    }

    @Test func settlingGoesByThisMachinesClock() {
        for offset in [Duration.seconds(3_600), .seconds(-3_600)] {
            let early = Self.verdict(
                on: Self.doubt(offset: offset),
                by: Self.reconciliation(listed: 89, offset: offset)
            )
            #expect(early == .unsettled(until: Self.intent + .seconds(90)))
            let late = Self.verdict(on: Self.doubt(offset: offset), by: Self.reconciliation(listed: 90, offset: offset))
            #expect(late == .absent)
        }
    }

    @Test(arguments: ["removed", "closed", "deleted"])
    func removedLinkIsNoCandidate(status: String) {
        #expect(Self.verdict([Self.account("gone", at: 1, status: status)]) == .absent)
        let undated = BondAccount(linkedAccountID: "gone", status: status)
        #expect(Self.verdict([undated]) == .absent)
    }

    @Test func linkOfAnotherRowIsNoCandidate() {
        #expect(Self.verdict([Self.account("other", at: 1)], owned: ["other"]) == .absent)
        let undated = BondAccount(linkedAccountID: "other", status: "active", dateCreated: "yesterday")
        #expect(Self.verdict([undated], owned: ["other"]) == .absent)
        let mine = Self.account("mine", at: 2)
        #expect(Self.verdict([Self.account("other", at: 1), mine], owned: ["other"]) == .linked(mine))
    }

    @Test(arguments: Doubt.Cause.allCases)
    func duplicateIsNeverAbsent(cause: Doubt.Cause) {
        for listed in [Double(0), 89, 90, 100_000] {
            for isProven in [true, false] {
                let verdict = Self.verdict(
                    on: Self.doubt(cause: cause),
                    [Self.account("old", at: -5_000)],
                    by: Self.reconciliation(proven: isProven, listed: listed)
                )
                #expect((Self.reviewCode(verdict) == "duplicate_account") == (cause == .duplicate), "\(listed)")
                if cause == .duplicate { #expect(verdict != .absent) }
            }
        }
    }

    // MARK: The window

    @Test(
        arguments: [
            (-3_600, "absent"), (-2.001, "absent"), (-2, "linked"), (-1.999, "linked"), (0, "linked"),
            (30, "linked"), (90, "linked"), (91, "linked"), (91.001, "late_link"), (3_600, "late_link"),
        ] as [(Double, String)]
    )
    func windowHasItsEdges(seconds: Double, expected: String) {
        for offset in [Duration.zero, .seconds(3_600), .seconds(-3_600), .milliseconds(-700)] {
            let account = Self.account("link", at: seconds + offset.inSeconds)
            // The doubt's own offset goes before the list's, which serves where there is none.
            let list = Self.reconciliation(offset: offset)
            let misleadingList = Self.reconciliation(offset: .seconds(7_777))
            let verdicts = [
                (Self.verdict(on: Self.doubt(offset: offset), [account]), false),
                (Self.verdict(on: Self.doubt(offset: offset), [account], by: list), false),
                (Self.verdict(on: Self.doubt(offset: offset), [account], by: misleadingList), true),
                (Self.verdict(on: Self.doubt(offset: nil), [account], by: list), false),
            ]
            for (verdict, mayHaveMoved) in verdicts {
                switch expected {
                case "linked": #expect(verdict == .linked(account), "\(offset)")
                // An older link may be ours where this machine's clock has been set since.
                case "absent" where mayHaveMoved: #expect(Self.reviewCode(verdict) == "clock_moved", "\(offset)")
                case "absent": #expect(verdict == .absent, "\(offset)")
                default: #expect(Self.reviewCode(verdict) == expected, "\(offset)")
                }
            }
        }
    }

    @Test func withoutAnyOffsetTheClocksCountAsOne() {
        let account = Self.account("link", at: 10)
        #expect(Self.verdict(on: Self.doubt(offset: nil), [account]) == .linked(account))
        let older = [Self.account("link", at: -3_590)]
        #expect(Self.verdict(on: Self.doubt(offset: nil), older) == .absent)
        // The intent is still to come by this machine's clock: it was set back, and the link may be ours.
        let back = Self.reconciliation(listed: -3_000, offset: nil)
        #expect(Self.reviewCode(Self.verdict(on: Self.doubt(offset: nil), older, by: back)) == "clock_moved")
    }

    @Test func theSettleTimeIsBondsWhereItsClockIsKnown() {
        // This machine's clock was set back by an hour after the intent, and forward by one.
        let back = Self.reconciliation(listed: 100 - 3_600, offset: .seconds(3_600))
        #expect(Self.verdict(on: Self.doubt(offset: .zero), by: back) == .absent)
        let forward = Self.reconciliation(listed: 50 + 3_600, offset: .seconds(-3_600))
        #expect(
            Self.verdict(on: Self.doubt(offset: .zero), by: forward) == .unsettled(until: Self.intent + .seconds(90))
        )
    }

    @Test func lateLinkIsNeverAbsence() {
        for isProven in [true, false] {
            let listed = [Self.account("early", at: -60), Self.account("late", at: 120)]
            let verdict = Self.verdict(listed, by: Self.reconciliation(proven: isProven))
            #expect(Self.reviewCode(verdict) == "late_link")
            guard case .review(let failure) = verdict else { continue }
            #expect(failure.message?.contains("late (active") == true)
            #expect(failure.message?.contains("early") == false)
        }
        #expect(Self.verdict([Self.account("late", at: 120, status: "removed")]) == .absent)
        #expect(Self.verdict([Self.account("late", at: 120)], owned: ["late"]) == .absent)
    }

    // MARK: Something fits

    @Test(arguments: Doubt.Cause.allCases)
    func oneCandidateIsTheLink(cause: Doubt.Cause) {
        let mine = Self.account("mine", at: 1)
        let listed = [Self.account("older", at: -100), mine, Self.account("newer", at: 5_000)]
        for listedAt in [Double(31), 1_000] {
            for isProven in [true, false] {
                let verdict = Self.verdict(
                    on: Self.doubt(cause: cause),
                    listed,
                    by: Self.reconciliation(proven: isProven, listed: listedAt)
                )
                #expect(verdict == .linked(mine))
            }
        }
    }

    @Test(arguments: ["inactive", "link initiated", "brand_new", nil])
    func candidateNeedNotBeActive(status: String?) {
        let mine = Self.account("mine", at: 1, status: status)
        #expect(Self.verdict([mine]) == .linked(mine))
    }

    @Test func severalCandidatesAreForAPerson() {
        let verdict = Self.verdict([
            Self.account("one", at: 1), Self.account("two", at: 2), Self.account("far", at: 999),
        ])
        #expect(Self.reviewCode(verdict) == "several_candidates")
        guard case .review(let failure) = verdict else { return }
        #expect(failure.message?.contains("one") == true && failure.message?.contains("two") == true)
        #expect(failure.message?.contains("far") == false)
    }

    @Test func dateThatCannotBeReadIsForAPerson() {
        for date in ["yesterday", "", "2024-02-30T00:00:00Z", nil] {
            let undated = BondAccount(linkedAccountID: "undated", status: "active", dateCreated: date)
            #expect(Self.reviewCode(Self.verdict([undated])) == "unreadable_date")
            let withCandidate = Self.verdict([Self.account("mine", at: 1), undated])
            #expect(Self.reviewCode(withCandidate) == "unreadable_date")
        }
    }

    @Test func formsOfTheListAreRead() {
        let mine = BondAccount(
            linkedAccountID: "mine",
            status: "active",
            dateCreated: "2024-03-01 02:00:00.123456-08"
        )
        #expect(Self.verdict([mine]) == .linked(mine))
    }

    @Test func reviewShowsFiveLinksAndCountsTheRest() {
        let listed = (1...7).map { Self.account("link-\($0)", at: Double($0)) }
        guard case .review(let failure) = Self.verdict(listed) else {
            Issue.record("a person was to look at it")
            return
        }
        let message = failure.message ?? ""
        #expect(message.contains("link-5 (active, 2024-03-01T10:00:05.000Z)"))
        #expect(!message.contains("link-6"))
        #expect(message.contains("and 2 more"))
    }

    // MARK: Several doubts of one owner

    @Test func linkThatTwoDoubtsClaimIsForAPerson() {
        let verdicts = Self.reconciliation().verdicts(
            on: [Self.doubt(1), Self.doubt(2, intent: 5, ended: 35)],
            listed: [Self.account("mine", at: 10)],
            owned: []
        )
        #expect(verdicts.count == 2)
        for link in [Link.ID(1), 2] { #expect(Self.reviewCode(verdicts[link]) == "several_candidates") }
    }

    @Test func doubtsFarApartAreTold() {
        let (first, second) = (Self.account("first", at: 1), Self.account("second", at: 501))
        let verdicts = Self.reconciliation().verdicts(
            on: [Self.doubt(1), Self.doubt(2, intent: 500, ended: 530), Self.doubt(3, intent: 2_000, ended: 2_030)],
            listed: [first, second],
            owned: []
        )
        #expect(verdicts[1] == .linked(first))
        #expect(verdicts[2] == .linked(second))
        #expect(verdicts[3] == .unsettled(until: Self.intent + .seconds(2_090)))
    }

    @Test func noDoubtsNoVerdicts() {
        #expect(Self.reconciliation().verdicts(on: [], listed: [Self.account("link", at: 1)], owned: []).isEmpty)
    }

    // MARK: Whatever comes

    @Test func noLinkIsGivenTwiceAndNoneThatDoesNotFit() {
        var random = SeededGenerator()
        let seed = "\(random)"
        for _ in 0..<2_000 {
            let doubts = (1...Int.random(in: 1...4, using: &random)).map { link in
                let from = Double.random(in: 0...300, using: &random)
                return Self.doubt(
                    Link.ID(link),
                    cause: random.pick(Doubt.Cause.allCases),
                    intent: from,
                    ended: from + 30
                )
            }
            let listed = (0..<Int.random(in: 0...5, using: &random)).map { number in
                Self.account(
                    "link-\(number)",
                    at: .random(in: -100...500, using: &random),
                    status: random.pick(["active", "removed", nil])
                )
            }
            let owned = Set(listed.map(\.linkedAccountID).filter { _ in random.chance(oneIn: 4) })
            let verdicts = Self.reconciliation(proven: random.chance(oneIn: 2)).verdicts(
                on: doubts,
                listed: listed,
                owned: owned
            )
            Self.check(verdicts, doubts, owned: owned, "\(seed)")
        }
    }

    private static func check(
        _ verdicts: [Link.ID: Reconciliation.Verdict],
        _ doubts: [Doubt],
        owned: Set<String>,
        _ comment: Comment
    ) {
        var given: Set<String> = []
        #expect(Set(verdicts.keys) == Set(doubts.map(\.link)), comment)
        for doubt in doubts {
            switch verdicts[doubt.link] {
            case .linked(let account):
                let created = account.dateCreated.flatMap(LenientDate.parse)
                let window = doubt.window(settle: settle, fallbackOffset: nil)
                #expect(created.map(window.contains) == true, comment)
                #expect(given.insert(account.linkedAccountID).inserted, comment)
                #expect(!owned.contains(account.linkedAccountID) && !account.isRemoved, comment)
            case .absent: #expect(doubt.cause != .duplicate, comment)
            case .unsettled, .review: break
            case nil: Issue.record("no verdict on a doubt", severity: .error)
            }
        }
    }
}
