import BondAPI
import Domain
import PlaidAPI
import Transport

/// The two calls of many rows, and nothing else: no ledger, no gate, no input.
enum CallPieces {
    private static let atATime = 64

    /// Makes both calls of so many rows, a multiple of 64, to a server on loopback.
    static func make(_ url: String, rows: Int) async throws {
        let settings = TransportSettings(connections: atATime, timeout: .seconds(30))
        try await HTTPTransport.withTransport(settings) { transport in
            let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: 1_767_600_000_000) }
            let plaid = PlaidClient(
                transport: transport,
                baseURL: url,
                clientID: "client",
                secret: Secret("secret"),
                now: now
            )
            let bond = BondClient(
                transport: transport,
                baseURL: url,
                identity: Secret("identity"),
                authorization: Secret("authorization"),
                now: now
            )
            await withTaskExecutorPreference(transport.executor) {
                await withDiscardingTaskGroup { group in
                    for _ in 0..<atATime {
                        group.addTask {
                            for _ in 0..<rows / atATime { await call(plaid, bond) }
                        }
                    }
                }
            }
        }
    }

    private static func call(_ plaid: PlaidClient, _ bond: BondClient) async {
        let mint = await plaid.createProcessorToken(accessToken: Secret("access"), accountID: "account")
        guard case .success(let token) = mint.reply else { preconditionFailure("no token: \(mint.reply)") }
        let owner = Owner(kind: .customer, id: "c1")
        let link = await bond.linkAccount(processorToken: token, owner: owner, idempotencyKey: nil)
        guard case .success = link.reply else { preconditionFailure("no link: \(link.reply)") }
    }
}
