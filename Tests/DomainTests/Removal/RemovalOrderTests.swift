import Domain
import Testing

/// Which account an order means, and which orders go together.
@Suite struct RemovalOrderTests {
    private static let uuid = "aaaaaaaa-0000-4000-8000-00000000000b"

    private func order(_ link: String, of customer: String = "c1") -> RemovalOrder {
        RemovalOrder(owner: Owner(kind: .customer, id: customer), linkedAccountID: link)
    }

    @Test(arguments: [
        ("other", BondAccount(linkedAccountID: "link"), false), ("Link", BondAccount(linkedAccountID: "link"), false),
        ("", BondAccount(linkedAccountID: "link"), false), ("link", BondAccount(linkedAccountID: "link"), true),
        ("account", BondAccount(linkedAccountID: "link", accountID: "account"), true),
        (uuid.uppercased(), BondAccount(linkedAccountID: uuid), true),
        (uuid, BondAccount(linkedAccountID: uuid.uppercased()), true),
    ])
    func meansAnAccountByEitherOfItsIds(link: String, account: BondAccount, isMeant: Bool) {
        #expect(order(link).isFor(account) == isMeant)
    }

    @Test func groupsWhatStandsTogetherAndNotTooMuchOfIt() {
        let orders = [
            order("1"), order("2"), order("3"), order("4", of: "c2"), order("5"),
            RemovalOrder(owner: Owner(kind: .business, id: "c1"), linkedAccountID: "6"),
        ]
        let batch = RemovalBatch(orders: orders)
        #expect(batch.groups(of: 2).map { $0.map(\.linkedAccountID) } == [["1", "2"], ["3"], ["4"], ["5"], ["6"]])
        #expect(batch.groups(of: 50).map(\.count) == [3, 1, 1, 1])
        #expect(RemovalBatch().groups(of: 2).isEmpty)
    }

    @Test func onlyTheCardFormNeedsACardAccount() {
        #expect(RemovalForm.allCases.map { $0.path(cardAccount: nil) } == [.sdk, .guide, nil])
        #expect(RemovalForm.card.path(cardAccount: "x") == .card(account: "x"))
    }
}
