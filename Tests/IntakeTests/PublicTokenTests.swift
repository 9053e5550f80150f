import Domain
import Intake
import Testing

/// Rows that have a public token in place of an access token.
@Suite struct PublicTokenTests {
    private static let publicToken = "public-sandbox-\(Sample.owner)"

    private func credentials(_ text: String, name: String = "in.csv") async throws -> [String] {
        try await Reading.events(Array(text.utf8), name: name).map { event in
            switch event {
            case .row(let row):
                switch row.credential {
                case .accessToken(let token): "access \(token.exposed)"
                case .publicToken(let token): "public \(token.exposed)"
                }
            case .invalid(let row): "\(row.reason.rawValue) \(row.line):\(row.column)"
            }
        }
    }

    @Test func standsInWhereThereIsNoAccessToken() async throws {
        let both = """
            customer_id,account_id,access_token,Plaid Public Token
            a,b,,\(Self.publicToken)
            a,c,\(Sample.token),\(Self.publicToken)
            a,d,\(Sample.token),"not\u{1}looked at"
            """
        #expect(
            try await credentials(both) == [
                "public \(Self.publicToken)", "access \(Sample.token)", "access \(Sample.token)",
            ]
        )
        let alone = "customer_id,account_id,public_token\na,b,\(Self.publicToken)\na,c,\n"
        #expect(try await credentials(alone) == ["public \(Self.publicToken)", "missing_value 3:5"])
        let line = #"{"customer_id":"a","account_id":"b","public_token":"\#(Self.publicToken)"}"#
        #expect(try await credentials(line, name: "in.jsonl") == ["public \(Self.publicToken)"])
    }

    @Test func isOfTheRunsEnvironmentAndWhereItBelongs() async throws {
        let text = """
            customer_id,account_id,public_token
            a,b,public-production-\(Sample.owner)
            a,c,x\u{1}y
            a,\(Self.publicToken),x
            """
        #expect(
            try await credentials(text) == [
                "wrong_environment 2:5", "control_character 3:6", "token_in_wrong_field 4:3",
            ]
        )
    }
}
