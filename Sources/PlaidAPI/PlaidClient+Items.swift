package import Domain
import FoundationEssentials
import Transport

extension PlaidClient {
    package func getItem(accessToken: Secret) async -> RemoteCall<ItemReading> {
        let redaction = redaction([accessToken.exposed])
        return await call("/item/get", ItemWire.Request(accessToken: accessToken.exposed), redaction) { body in
            guard let response = try? SnakeCaseJSON.decoder.decode(ItemWire.ItemResponse.self, from: body) else {
                return nil
            }
            return (Self.reading(response.item, redaction), response.requestId)
        }
    }

    package func getAccounts(accessToken: Secret) async -> RemoteCall<[PlaidAccount]> {
        let redaction = redaction([accessToken.exposed])
        return await call("/accounts/get", ItemWire.Request(accessToken: accessToken.exposed), redaction) { body in
            guard let response = try? SnakeCaseJSON.decoder.decode(ItemWire.AccountsResponse.self, from: body) else {
                return nil
            }
            return (response.accounts.filter(\.accountId.isIdentifier).map(Self.account), response.requestId)
        }
    }

    /// An error inside an Item has no status of its own; as an answer it would have had 400.
    private static func reading(_ item: ItemWire.Item, _ redaction: Redaction) -> ItemReading {
        ItemReading(
            itemID: item.itemId.map(redaction.apply),
            institutionID: item.institutionId.map(redaction.apply),
            institutionName: item.institutionName.map(redaction.apply),
            error: item.error.map { error in
                Refusal(
                    api: .plaid,
                    status: 400,
                    type: error.errorType.map(redaction.apply),
                    code: error.errorCode.map(redaction.apply),
                    message: error.errorMessage.map(redaction.apply)
                )
            },
            consentExpiresAt: item.consentExpirationTime.flatMap(LenientDate.parse)
        )
    }

    private static func account(_ account: ItemWire.Account) -> PlaidAccount {
        PlaidAccount(
            id: account.accountId,
            persistentID: account.persistentAccountId.flatMap { $0.isEmpty ? nil : $0 },
            mask: account.mask,
            name: account.name,
            subtype: account.subtype
        )
    }
}
