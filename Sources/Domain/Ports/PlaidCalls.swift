/// What the pipeline asks of Plaid.
package protocol PlaidCalls: Sendable {
    /// Makes a processor token for Bond (`POST /processor/token/create`); never throws, a fault is a reply.
    func createProcessorToken(accessToken: Secret, accountID: String) async -> RemoteCall<Secret>

    /// Exchanges a public token, which works once (`POST /item/public_token/exchange`); never throws, a fault is a reply.
    func exchange(publicToken: Secret) async -> RemoteCall<ExchangedToken>

    /// Makes what Plaid Link is opened with (`POST /link/token/create`); never throws, a fault is a reply.
    func createLinkToken(_ order: LinkTokenOrder) async -> RemoteCall<LinkToken>

    /// Reads what became of a link token (`POST /link/token/get`); never throws, a fault is a reply.
    func getLinkSessions(linkToken: Secret) async -> RemoteCall<[LinkSession]>

    /// Reads how an Item is (`POST /item/get`); never throws, a fault is a reply.
    func getItem(accessToken: Secret) async -> RemoteCall<ItemReading>

    /// Reads an Item's accounts (`POST /accounts/get`); never throws, a fault is a reply.
    func getAccounts(accessToken: Secret) async -> RemoteCall<[PlaidAccount]>
}
