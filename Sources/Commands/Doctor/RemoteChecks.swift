import BondAPI
import Domain
import Ledger
import PlaidAPI
import Simulator
import Transport

/// The doctor's calls: one to each API, which make nothing.
///
/// Plaid is asked for a processor token with an access token that it never gave out: the answer tells whether it takes
/// the keys for this very endpoint, and cannot be a token. Bond is asked about the key itself.
struct RemoteChecks {
    let deployment: Deployment
    let ledger: LedgerPlace

    /// Calls both APIs and judges their answers.
    ///
    /// - Throws: `CommandFailure` where no call can be made at all.
    func perform() async throws -> [Finding] {
        if let endpoints = deployment.endpoints { return try await check(endpoints) }
        return try await withSimulator(SimulatorConfiguration()) { address in
            try await check(try Endpoints(.simulator, plaid: address.url, bond: address.url))
        }
    }

    private func check(_ endpoints: Endpoints) async throws -> [Finding] {
        do {
            return try await HTTPTransport.withTransport(deployment.transport) { transport in
                await plaid(endpoints.plaid, transport) + bond(endpoints.bond, transport) + [integration]
            }
        } catch let error as TransportError {
            return [.fault("transport", .misconfigured, error.description)]
        }
    }

    private func plaid(_ address: String, _ transport: HTTPTransport) async -> [Finding] {
        let listener = DateListener(transport)
        let client = PlaidClient(
            transport: listener,
            baseURL: address,
            clientID: deployment.credentials.plaidClientID.exposed,
            secret: deployment.credentials.plaidSecret,
            now: { Surroundings.now() }
        )
        let token = Secret("access-\(deployment.environment.tokenInfix)-relink-doctor")
        let call = await client.createProcessorToken(accessToken: token, accountID: "relink-doctor")
        return [AnswerJudge(api: .plaid).finding(call)] + ClockCheck(api: .plaid).findings(listener.offset)
    }

    private func bond(_ address: String, _ transport: HTTPTransport) async -> [Finding] {
        let listener = DateListener(transport)
        let client = BondClient(
            transport: listener,
            baseURL: address,
            identity: deployment.credentials.bondIdentity,
            authorization: deployment.credentials.bondAuthorization,
            now: { Surroundings.now() }
        )
        return [AnswerJudge(api: .bond).finding(await client.checkKey())]
            + ClockCheck(api: .bond).findings(listener.offset)
    }

    /// Only a token that was made, and a link, prove that Bond is switched on at Plaid.
    private var integration: Finding {
        let proof = try? LedgerProofs.read(ledger)
        let name = "bond integration"
        guard let minted = proof?.mintedAt else {
            let row = "the first row of a run proves it, or stops the run with exit 77"
            return .warning(name, "not proven yet: \(row)", advice: Self.advice)
        }
        let linked = proof?.linkedAt.map { "; Bond linked with one at \($0)" } ?? ""
        return .fine(name, "Plaid made a processor token for Bond at \(minted)\(linked)")
    }

    private static let advice =
        "Enable Bond as an integration at dashboard.plaid.com/developers/integrations, then try one row: run --limit 1."
}
