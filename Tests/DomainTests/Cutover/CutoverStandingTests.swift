import Domain
import Testing

/// Which links are old, and which new link takes the place of each.
@Suite struct CutoverStandingTests {
    private static let owner = Owner(kind: .customer, id: "c1")

    private static func account(
        _ id: String,
        _ bank: String? = "Bank",
        _ mask: String? = "0000",
        type: String? = nil,
        status: String? = "active",
        verification: String? = "instantly_verified",
        created: String? = "2024-03-01T10:00:00Z",
        bond: String? = nil
    ) -> BondAccount {
        BondAccount(
            linkedAccountID: id,
            accountID: bond,
            status: status,
            verificationStatus: verification,
            dateCreated: created,
            bankName: bank,
            mask: mask,
            accountType: type
        )
    }

    private static func old(
        _ bank: String? = "Bank",
        _ mask: String? = "0000",
        type: String? = nil,
        created: String? = "2021-02-11 12:01:36.122439-08"
    ) -> BondAccount {
        account("old", bank, mask, type: type, created: created)
    }

    private static func outcome(
        _ listed: [BondAccount],
        rows: [String] = ["new"],
        openRows: Int = 0,
        isInDoubt: Bool = false
    ) -> CutoverOutcome {
        let rows = rows.map { CutoverStanding.Row(accountID: "a-\($0)", reference: nil, linkedAccountID: $0) }
        let standing = CutoverStanding(rows: rows, openRows: openRows, isInDoubt: isInDoubt)
        return standing.outcome(owner, listed: listed, owned: Set(rows.map(\.linkedAccountID)))
    }

    /// Each old link with its match and its new link, as `old same new`.
    private static func words(_ outcome: CutoverOutcome) -> [String] {
        switch outcome {
        case .nothing: ["nothing"]
        case .notReady(let why): ["not ready: \(why)"]
        case .noList, .unreached: ["no list"]
        case .rows(let rows):
            rows.map { "\($0.old.linkedAccountID) \($0.match.rawValue) \($0.new?.account.linkedAccountID ?? "-")" }
        }
    }

    @Test(arguments: [
        (old(), account("new"), "old same new"), (old("BANK "), account("new", "bank"), "old same new"),
        (old(type: "checking"), account("new"), "old same new"),
        (old(type: "checking"), account("new", type: "savings"), "old different -"),
        (old("Bank", "1111"), account("new"), "old different -"), (old("Other"), account("new"), "old different -"),
        (old("Other", nil), account("new"), "old different -"), (old(nil, "1111"), account("new"), "old different -"),
        (old(nil), account("new"), "old unknown new"), (old("Bank", nil), account("new"), "old unknown new"),
        (old("Bank", ""), account("new"), "old unknown new"), (old(), account("new", nil, nil), "old unknown new"),
        (old(created: nil), account("new"), "old unknown new"),
        (old(), account("new", created: "once"), "old unknown new"),
        (old(created: "2025-01-01T00:00:00Z"), account("new"), "old newer new"),
        (old(created: "2024-03-01T10:00:00Z"), account("new"), "old newer new"),
    ])
    func bankDigitsAndDatesDecide(old: BondAccount, new: BondAccount, words: String) {
        #expect(Self.words(Self.outcome([old, new])) == [words])
    }

    @Test func ofSeveralNewLinksTheOneThatIsAlikeTakesItsPlace() {
        let new = [Self.account("n1", "Bank", "1111"), Self.account("n2", "Bank", "2222")]
        func match(_ old: BondAccount) -> [String] { Self.words(Self.outcome(new + [old], rows: ["n1", "n2"])) }
        #expect(match(Self.old("Bank", "2222")) == ["old same n2"])
        #expect(match(Self.old("Bank", "3333")) == ["old different -"])
        #expect(match(Self.old("Bank", nil)) == ["old unknown -"], "a person says which")
        let twins = [Self.account("n1"), Self.account("n2")]
        #expect(Self.words(Self.outcome(twins + [Self.old()], rows: ["n1", "n2"])) == ["old unknown -"])
        let vague = [Self.account("n1", "Bank", nil), Self.account("n2", "Bank", "2222")]
        #expect(Self.words(Self.outcome(vague + [Self.old("Bank", "1111")], rows: ["n1", "n2"])) == ["old unknown -"])
    }

    @Test func whatARowHasOrIsGoneIsNoOldLink() {
        #expect(Self.words(Self.outcome([Self.account("new")])) == ["nothing"])
        let gone = Self.account("old", status: "removed")
        #expect(Self.words(Self.outcome([Self.account("new"), gone])) == ["nothing"])
        let other = Self.account("listed", bond: "mine")
        #expect(Self.words(Self.outcome([Self.account("new"), other], rows: ["new", "mine"])) == ["nothing"])
    }

    @Test(arguments: [
        account("new", status: "suspended"), account("new", status: nil), account("new", verification: nil),
        account("new", verification: "pending_manual_verification"), account("new", status: "removed"),
        account("stranger"),
    ])
    func withoutAUsableNewLinkTheOldOnesStay(new: BondAccount) {
        let words = Self.words(Self.outcome([Self.old(), new]))
        #expect(words.count == 1)
        #expect(words[0].hasPrefix("not ready: no new link is usable: new is"), "\(words)")
    }

    @Test func aDoubtHoldsItAllUp() {
        let words = Self.words(Self.outcome([Self.old(), Self.account("new")], isInDoubt: true))
        #expect(words[0].hasPrefix("not ready: a row is in doubt"))
        #expect(Self.words(Self.outcome([Self.account("new")], isInDoubt: true)) == ["nothing"])
    }

    @Test func rowsThatAreNotLinkedAreCounted() {
        guard case .rows(let rows) = Self.outcome([Self.old(), Self.account("new")], openRows: 3) else {
            Issue.record("no rows")
            return
        }
        #expect(rows.map(\.openRows) == [3])
    }
}
