import Domain
import Testing

@Suite struct LotTests {
    private func lot(_ owner: String, _ account: String) -> Double {
        Identity(owner: Owner(kind: .customer, id: owner), accountID: account).lot
    }

    @Test func isTheSameForTheSameIdentityAndFromVersionToVersion() {
        #expect(lot("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "x") == lot("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "x"))
        #expect(Int(lot("customer-1", "account-1") * 1e9) == 714_210_696)
    }

    @Test(arguments: [0.01, 0.1, 0.5])
    func aShareOfRowsIsBelowThatShareHoweverAlikeTheyAre(share: Double) {
        let count = 20_000
        let below = (0..<count).count { lot("customer-1", "account-\($0)") < share }
        let expected = Double(count) * share
        #expect(abs(Double(below) - expected) < 4 * (expected * (1 - share)).squareRoot())
    }
}
