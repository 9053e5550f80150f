import Domain
import Testing

@Suite struct IdentityTests {
    private static let upper = "0F0F0F0F-1111-4222-8333-44444444AAAA"
    private static let lower = "0f0f0f0f-1111-4222-8333-44444444aaaa"

    @Test func ownersThatDiffer() {
        #expect(Owner(kind: .customer, id: Self.lower) != Owner(kind: .business, id: Self.lower))
        #expect(Owner(kind: .customer, id: "Customer-1") != Owner(kind: .customer, id: "customer-1"))
        #expect(Owner(kind: .customer, id: Self.upper + "A") != Owner(kind: .customer, id: Self.lower + "a"))
        #expect(Owner(kind: .customer, id: Self.lower) != Owner(kind: .customer, id: "1" + Self.lower.dropFirst()))
    }

    @Test func uuidsAreOneOwnerInAnyCase() {
        let (left, right) = (Owner(kind: .customer, id: Self.upper), Owner(kind: .customer, id: Self.lower))
        #expect(left == right)
        #expect(Set([left, right]).count == 1)
        #expect(left.key == Self.lower)
        #expect(left.id == Self.upper)
    }

    @Test(arguments: ["A", "B", "C", "D", "E", "F"])
    func oneCapitalIsEnoughToFold(capital: String) {
        let id = capital + Self.lower.dropFirst()
        #expect(Owner(kind: .customer, id: id).key == id.lowercased())
        #expect(Owner(kind: .customer, id: id) == Owner(kind: .customer, id: id.lowercased()))
    }

    @Test func accountIDsAreCaseSensitive() {
        let owner = Owner(kind: .customer, id: Self.upper)
        let other = Owner(kind: .customer, id: Self.lower)
        #expect(
            Identity(owner: owner, accountID: "BxBXxLj1m4HMXBm9WZZmCW")
                != Identity(owner: other, accountID: "bxbxxlj1m4hmxbm9wzzmcw")
        )
        #expect(Identity(owner: owner, accountID: "a") == Identity(owner: other, accountID: "a"))
        #expect(Set([Identity(owner: owner, accountID: "a"), Identity(owner: other, accountID: "a")]).count == 1)
    }
}
