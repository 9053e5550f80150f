import Domain

/// Values that look as real ones do.
enum Sample {
    static let owner = "6f5f0a55-7f0c-4b8a-9c36-5f0c4b8a9c36"
    static let otherOwner = "11111111-2222-4333-8444-555555555555"
    static let account = "BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp"
    static let token = "access-sandbox-de3ce8ef-33f8-452c-a685-8671031fc0f6"
    static let productionToken = "access-production-de3ce8ef-33f8-452c-a685-8671031fc0f6"

    static let header = "customer_id,account_id,access_token,reference"
    static let line = "\(owner),\(account),\(token),r1"
    static let object = #"{"customer_id":"\#(owner)","account_id":"\#(account)","access_token":"\#(token)"}"#

    static func row(
        owner: String = owner,
        kind: Owner.Kind = .customer,
        account: String = account,
        token: String = token,
        reference: String? = "r1",
        file: String = "in.csv",
        line: Int = 2,
        warnings: [RowWarning] = []
    ) -> InputRow {
        InputRow(
            identity: Identity(owner: Owner(kind: kind, id: owner), accountID: account),
            credential: .accessToken(Secret(token)),
            reference: reference,
            position: InputPosition(file: file, line: line),
            warnings: warnings
        )
    }
}
