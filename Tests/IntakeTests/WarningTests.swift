import Domain
import Intake
import Testing

/// What looks odd about a row and is no reason to refuse it.
@Suite struct WarningTests {
    static let cases: [(owner: String, account: String, token: String, warnings: [RowWarning])] = [
        (Sample.owner, Sample.account, Sample.token, []),
        (Sample.owner.uppercased(), Sample.account, Sample.token, []),
        ("cust_1", Sample.account, Sample.token, [.ownerIDShape]),
        (Sample.owner.replacing("-", with: "_"), Sample.account, Sample.token, [.ownerIDShape]),
        (Sample.owner, String(Sample.account.dropLast()), Sample.token, [.accountIDShape]),
        (Sample.owner, "-" + Sample.account.dropLast(), Sample.token, [.accountIDShape]),
        (Sample.owner, Sample.account, "secret", [.accessTokenShape]),
        (Sample.owner, Sample.account, Sample.token + "0", [.accessTokenShape]),
        (Sample.owner, Sample.account, "public-sandbox-\(Sample.owner)", [.accessTokenShape]),
        ("o", "a", "t", [.accessTokenShape, .accountIDShape, .ownerIDShape]),
    ]

    @Test(arguments: cases)
    func warns(owner: String, account: String, token: String, warnings: [RowWarning]) async throws {
        let row = Sample.row(owner: owner, account: account, token: token, warnings: warnings)
        #expect(try await Reading.events("\(Sample.header)\n\(owner),\(account),\(token),r1") == [.row(row)])
    }
}
