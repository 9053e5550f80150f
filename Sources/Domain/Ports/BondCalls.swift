/// What the pipeline asks of Bond.
package protocol BondCalls: Sendable {
    /// Links an account (`POST /accounts/processor_tokens`); never throws, a fault is a reply.
    ///
    /// A success carries a `linked_account_id` and names the owner that was asked for; anything less is unusable.
    func linkAccount(processorToken: Secret, owner: Owner, idempotencyKey: String?) async -> RemoteCall<BondAccount>

    /// Lists an owner's external accounts (`GET /accounts/{owner}/external_accounts`).
    func listAccounts(of owner: Owner) async -> RemoteCall<[BondAccount]>

    /// Removes a link (`DELETE /accounts/…`, in the form that `path` says); never throws, a fault is a reply.
    ///
    /// A success says that Bond took the call; whether the link is gone, its list tells.
    func removeAccount(_ linkedAccountID: String, by path: RemovalPath) async -> RemoteCall<Void>
}
