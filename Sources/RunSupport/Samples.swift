package import Domain
package import Ledger

/// Makes the values that tests need, every part of them replaceable.
package enum Sample {
    package static let start = Timestamp(milliseconds: 1_790_000_000_000)

    package static func identity(_ customer: String = "customer-1", _ account: String = "account-1") -> Identity {
        Identity(owner: Owner(kind: .customer, id: customer), accountID: account)
    }

    package static func row(
        _ customer: String = "customer-1",
        _ account: String = "account-1",
        token: String? = nil,
        reference: String? = nil,
        file: String = "rows.csv",
        line: Int = 2
    ) -> InputRow {
        InputRow(
            identity: identity(customer, account),
            credential: .accessToken(Secret(token ?? "access-sandbox-of-\(customer)")),
            reference: reference,
            position: InputPosition(file: file, line: line)
        )
    }

    /// A row that has a public token.
    package static func row(
        _ customer: String = "customer-1",
        _ account: String = "account-1",
        publicToken: String
    ) -> InputRow {
        InputRow(
            identity: identity(customer, account),
            credential: .publicToken(Secret(publicToken)),
            reference: nil,
            position: InputPosition(file: "rows.csv", line: 2)
        )
    }

    /// One row each for customers 1 to `count`.
    package static func rows(_ count: Int) -> [InputRow] {
        (0..<count).map { row("customer-\($0 + 1)", "account-\($0 + 1)", line: $0 + 2) }
    }

    package static func opening(
        _ path: String,
        kind: LedgerOpening.Kind = .run,
        environment: DeploymentEnvironment? = .sandbox,
        client: String = "client-1",
        key: LedgerKeys.Source? = .plaidSecret(Secret("plaid-secret")),
        credentials: [API: Secret] = [.plaid: Secret("plaid-secret"), .bond: Secret("bond-secret")],
        mayCreate: Bool = true,
        holder: String = "process 1",
        runID: String = "run-1",
        at now: Timestamp = start,
        callTimeout: Duration = .seconds(30),
        lease: Duration? = nil
    ) -> LedgerOpening {
        LedgerOpening(
            kind: kind,
            place: place(path),
            environment: environment,
            plaidClientID: client,
            keySource: key,
            credentials: credentials,
            mayCreate: mayCreate,
            holder: holder,
            runID: runID,
            command: "relink run rows.csv",
            startedAt: now,
            callTimeout: callTimeout,
            lease: lease
        )
    }

    /// The ledger at an absolute path, or at the URL of a database.
    package static func place(_ path: String) -> LedgerPlace {
        (try? LedgerPlace(path, in: "/")) ?? .file(path)
    }

    package static func policy(
        at now: Timestamp = start,
        recheck: Duration = .seconds(72_000),
        retry: Set<RowState> = []
    ) -> AdmissionPolicy {
        AdmissionPolicy(now: now, recheck: recheck, retry: retry)
    }

    package static func bondAccount(_ id: String = "link-1", created: String? = nil) -> BondAccount {
        BondAccount(
            linkedAccountID: id,
            accountID: id,
            status: "active",
            verificationStatus: "instantly_verified",
            dateCreated: created ?? start.description,
            dateUpdated: created ?? start.description
        )
    }

    package static func failure(_ code: String = "some_code") -> Failure {
        Failure(source: .bond, type: "Request Error", code: code, message: "in words")
    }

    package static func settlement(_ state: RowState, _ action: RowAction = .retry) -> Settlement {
        Settlement(state: state, action: action, failure: failure())
    }

    package static func attempt(_ call: Attempt.Call, _ result: Attempt.Result = .ok) -> Attempt {
        Attempt(call: call, result: result, sentAt: start, latency: .milliseconds(12), status: 200)
    }
}
