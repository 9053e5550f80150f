import Domain

extension LinkStep {
    private static let belongs = LinkUpdate(
        """
        exchange = (SELECT exchanges.id FROM exchanges WHERE public_fingerprint = :public), \
        fingerprint = :fingerprint
        """,
        where: "state NOT IN ('posting', 'in_doubt', 'linked')"
    )

    /// Takes a step before the first stage, of a row that has a public token.
    func takeExchangeStep(_ change: LinkChange) throws {
        switch change.event {
        case .exchangeSent(let token):
            try ExchangeRecord.open(token, at: change.at, keys, database)
            try belong(change, to: token)
        case .exchanged(let publicToken, let token):
            try ExchangeRecord.keep(token, for: publicToken, at: change.at, keys, database)
            try belong(change, to: publicToken)
        case .exchangeFound(let token): try belong(change, to: token)
        case .exchangeFailed(let token, let open):
            if !open { try ExchangeRecord.close(token, keys, database) }
        default: throw illegal(change)
        }
    }

    /// Names the exchange in the row; once it gave an access token, the row's fingerprint is that token's.
    private func belong(_ change: LinkChange, to publicToken: Secret) throws {
        let fingerprint = try ExchangeRecord.fingerprint(of: .publicToken(publicToken), keys, database)
        try update(
            change,
            Self.belongs,
            [keys.fingerprint(ofPublic: publicToken).bytes, fingerprint.bytes]
        )
    }
}
