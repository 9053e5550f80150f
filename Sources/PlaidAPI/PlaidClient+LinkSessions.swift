package import Domain
import FoundationEssentials
import Transport

extension PlaidClient {
    package func getLinkSessions(linkToken: Secret) async -> RemoteCall<[LinkSession]> {
        let redaction = redaction([linkToken.exposed])
        return await call("/link/token/get", LinkSessionWire.Request(linkToken: linkToken.exposed), redaction) { body in
            guard let response = try? SnakeCaseJSON.decoder.decode(LinkSessionWire.Response.self, from: body) else {
                return nil
            }
            return ((response.linkSessions ?? []).map { Self.session($0, redaction) }, response.requestId)
        }
    }

    private static func session(_ wire: LinkSessionWire.Session, _ redaction: Redaction) -> LinkSession {
        let id = wire.linkSessionId.map(redaction.apply) ?? ""
        var successes = (wire.results?.itemAddResults ?? []).compactMap { added in
            success(added.publicToken, added.accounts)
        }
        if successes.isEmpty, let old = success(wire.onSuccess?.publicToken, wire.onSuccess?.metadata?.accounts) {
            successes = [old]
        }
        if !successes.isEmpty || wire.onSuccess != nil { return LinkSession(id: id, outcome: .success(successes)) }
        if let exit = wire.exit ?? wire.onExit {
            return LinkSession(id: id, outcome: .exit(errorCode: exit.error?.errorCode.map(redaction.apply)))
        }
        // A session that is over without a word of how: in update mode the Item tells.
        return LinkSession(id: id, outcome: wire.finishedAt == nil ? .open : .success([]))
    }

    private static func success(_ token: String?, _ accounts: [LinkSessionWire.Account]?) -> LinkSuccess? {
        guard let token, !token.isEmpty else { return nil }
        return LinkSuccess(publicToken: Secret(token), accountIDs: (accounts ?? []).map(\.id).filter(\.isIdentifier))
    }
}
