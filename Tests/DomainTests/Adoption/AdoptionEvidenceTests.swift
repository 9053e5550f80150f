import Domain
import Testing

/// When a list confirms a claim.
@Suite struct AdoptionEvidenceTests {
    private static let owner = Owner(kind: .customer, id: "c1")

    private static func claim(_ link: String = "l1", account: String = "a1", mask: String? = nil) -> Adoption {
        Adoption(
            identity: Identity(owner: owner, accountID: account),
            linkedAccountID: link,
            mask: mask,
            position: InputPosition(file: "f", line: 2)
        )
    }

    private static func account(
        _ link: String = "l1",
        bond: String? = nil,
        status: String? = "active",
        mask: String? = nil,
        owners: [Owner] = []
    ) -> BondAccount {
        BondAccount(linkedAccountID: link, accountID: bond, status: status, mask: mask, owners: owners)
    }

    /// What the evidence is, in a word or a code.
    private static func word(_ claim: Adoption, _ listed: [BondAccount]) -> String {
        switch AdoptionEvidence(claim, listed: listed) {
        case .confirmed(let account): "confirmed \(account.linkedAccountID)"
        case .notListed: "not listed"
        case .removed: "removed"
        case .contradicted(_, let failure): failure.code
        }
    }

    @Test func whatIsNotListedOrGoneIsNoEvidence() {
        #expect(Self.word(Self.claim(), []) == "not listed")
        #expect(Self.word(Self.claim(), [Self.account("l2")]) == "not listed")
        for status in ["removed", "closed", "Deleted"] {
            #expect(Self.word(Self.claim(), [Self.account(status: status)]) == "removed")
        }
    }

    @Test(arguments: ["active", "suspended", nil]) func anyOtherStatusConfirms(status: String?) {
        #expect(Self.word(Self.claim(), [Self.account("l2"), Self.account(status: status)]) == "confirmed l1")
    }

    @Test func idsCompareAsBondWritesThem() {
        let upper = "0F0F0F0F-1111-4222-8333-444444444444"
        let listed = Self.account(upper.lowercased())
        #expect(Self.word(Self.claim(upper), [listed]) == "confirmed \(upper.lowercased())")
    }

    @Test func anAccountIDCountsOnlyWhereOneLinkHasIt() {
        #expect(Self.word(Self.claim("b1"), [Self.account("l1", bond: "b1")]) == "confirmed l1")
        let card = [Self.account("l1", bond: "card"), Self.account("l2", bond: "card")]
        #expect(Self.word(Self.claim("card"), card) == "not listed")
        let crossed = [Self.account("l2", bond: "l1"), Self.account("l1", bond: "l2")]
        #expect(Self.word(Self.claim("l1"), crossed) == "confirmed l1", "the link's own id comes first")
        #expect(Self.word(Self.claim("l1"), [Self.account(), Self.account()]) == "not listed", "which of the two?")
    }

    @Test(
        arguments: [
            ("0000", "0000", "confirmed l1"), ("00", "0000", "confirmed l1"), ("0000", "00", "confirmed l1"),
            ("0000", nil, "confirmed l1"), (nil, "0000", "confirmed l1"), ("1111", "0000", "mask_differs"),
            ("10", "0000", "mask_differs"),
        ] as [(String?, String?, String)]
    )
    func aMaskMustNotDiffer(claimed: String?, listed: String?, word: String) {
        #expect(Self.word(Self.claim(mask: claimed), [Self.account(mask: listed)]) == word)
    }

    @Test func anotherOwnerInTheListContradicts() {
        let other = Self.account(owners: [Owner(kind: .customer, id: "c2")])
        #expect(Self.word(Self.claim(), [other]) == "owner_differs")
        let same = Self.account(owners: [Owner(kind: .customer, id: "c1"), Owner(kind: .business, id: "b")])
        #expect(Self.word(Self.claim(), [same]) == "confirmed l1", "a customer's business is no contradiction")
    }

    @Test func bondsIDInThePlaceOfPlaidsContradicts() {
        #expect(Self.word(Self.claim("b1", account: "l1"), [Self.account("l1", bond: "b1")]) == "not_plaids_account_id")
        let standing = AdoptionStanding()
        guard case .refused(let failure) = standing.verdict(on: Self.claim("x", account: "x")) else {
            Issue.record("one id for both")
            return
        }
        #expect(failure.code == "not_plaids_account_id")
    }

    @Test(arguments: RowState.allCases) func aRowsStateDecides(state: RowState) {
        let expected: [RowState: String] = [.linked: "already", .posting: "held up", .inDoubt: "held up"]
        let standing = AdoptionStanding(row: AdoptionStanding.Row(state: state, links: state == .linked ? ["l1"] : []))
        #expect(Self.word(standing) == expected[state] ?? "free")
    }

    private static func word(_ standing: AdoptionStanding) -> String {
        switch standing.verdict(on: claim()) {
        case .free: "free"
        case .alreadyLinked: "already"
        case .heldUp: "held up"
        case .refused(let failure): failure.code
        }
    }

    @Test func theLedgerSpeaksAgainstAClaim() {
        func row(_ state: RowState, _ links: String...) -> AdoptionStanding.Row {
            AdoptionStanding.Row(state: state, links: Set(links))
        }
        func owning(_ owner: Owner, _ account: String) -> RemovalStanding.OwningRow {
            RemovalStanding.OwningRow(link: 7, owner: owner, accountID: account, reference: nil, state: .linked)
        }
        #expect(Self.word(AdoptionStanding(row: row(.linked, "l2", "b2"))) == "linked_otherwise")
        #expect(Self.word(AdoptionStanding(row: row(.linked, "l2", "l1"))) == "already", "either id")
        let elsewhere = RemovalStanding(row: owning(Self.owner, "a2"))
        #expect(Self.word(AdoptionStanding(link: elsewhere)) == "link_owned_by_other_row")
        let stranger = RemovalStanding(row: owning(Owner(kind: .business, id: "c1"), "a1"))
        #expect(Self.word(AdoptionStanding(link: stranger)) == "link_owned_by_other_row")
        #expect(
            Self.word(AdoptionStanding(row: row(.unlinked, "l1"), link: .init(row: owning(Self.owner, "a1")))) == "free"
        )
        #expect(Self.word(AdoptionStanding(link: RemovalStanding(isOpen: true))) == "removal_open")
        let removed = RemovalStanding(removedAt: Timestamp(milliseconds: 1))
        #expect(Self.word(AdoptionStanding(link: removed)) == "removed_on_request")
        #expect(Self.word(AdoptionStanding(isOwnerInDoubt: true)) == "held up")
    }
}
