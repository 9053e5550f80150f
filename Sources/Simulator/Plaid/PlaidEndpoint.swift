/// The calls of Plaid's that are imitated.
enum PlaidEndpoint: String, Sendable {
    case processorToken = "/processor/token/create"
    case item = "/item/get"
    case accounts = "/accounts/get"
    case itemRemove = "/item/remove"
    case resetLogin = "/sandbox/item/reset_login"
    case sandboxPublicToken = "/sandbox/public_token/create"
    case exchange = "/item/public_token/exchange"
    case linkToken = "/link/token/create"
    case linkTokenGet = "/link/token/get"
    case verificationKey = "/webhook_verification_key/get"

    var operation: Operation { self == .processorToken ? .mint : .read }

    var takesAccessToken: Bool {
        switch self {
        case .processorToken, .item, .accounts, .itemRemove, .resetLogin: true
        case .sandboxPublicToken, .exchange, .linkToken, .linkTokenGet, .verificationKey: false
        }
    }

    var schema: PlaidSchema {
        switch self {
        case .processorToken:
            PlaidSchema(["access_token": .string, "account_id": .string, "processor": .string])
        case .item:
            PlaidSchema(["access_token": .string])
        case .accounts:
            PlaidSchema(["access_token": .string], optional: ["options": .object])
        case .itemRemove:
            PlaidSchema(["access_token": .string], optional: ["reason_code": .string, "reason_note": .string])
        case .resetLogin:
            PlaidSchema(["access_token": .string])
        case .sandboxPublicToken:
            PlaidSchema(
                ["institution_id": .string, "initial_products": .array],
                optional: ["options": .object, "user_token": .string, "user_id": .string]
            )
        case .exchange:
            PlaidSchema(["public_token": .string])
        case .linkToken:
            PlaidEndpoint.linkTokenSchema
        case .linkTokenGet:
            PlaidSchema(["link_token": .string])
        case .verificationKey:
            PlaidSchema(["key_id": .string])
        }
    }

    /// How often a call may come, and in what words it is refused.
    struct Limit {
        let scope: String
        let count: Int?
        let code: String
        let subject: String
    }

    /// Plaid's limits: mints for each client, reads for each Item, the other calls unlimited.
    func limit(token: String, _ behaviour: SimulatorBehaviour) -> Limit? {
        let itemScope = "\(rawValue) \(Fingerprint(token).value)"
        return switch self {
        case .processorToken:
            Limit(
                scope: "plaid",
                count: behaviour.plaidLimit,
                code: "RATE_LIMIT",
                subject: "\"processor token create\""
            )
        case .item:
            Limit(scope: itemScope, count: behaviour.plaidItemLimit, code: "ITEM_GET_LIMIT", subject: "this item")
        case .accounts:
            Limit(scope: itemScope, count: behaviour.plaidItemLimit, code: "ACCOUNTS_LIMIT", subject: "this item")
        case .itemRemove, .resetLogin, .sandboxPublicToken, .exchange, .linkToken, .linkTokenGet, .verificationKey:
            nil
        }
    }

    private static let linkTokenSchema = PlaidSchema(
        ["client_name": .string, "language": .string, "country_codes": .array],
        optional: [
            "access_token": .string, "account_filters": .object, "additional_consented_products": .array,
            "auth": .object,
            "hosted_link": .object, "link_customization_name": .string, "optional_products": .array, "products": .array,
            "redirect_uri": .string, "required_if_supported_products": .array, "update": .object, "user": .object,
            "user_id": .string, "user_token": .string, "webhook": .string, "transactions": .object,
            "android_package_name": .string, "institution_id": .string, "enable_multi_item_link": .boolean,
        ]
    )

    /// Every processor that either published version of Plaid's description names.
    static let processors = Set(
        """
        dwolla galileo modern_treasury ocrolus vesta drivewealth vopay achq check checkbook circle sila_money rize svb_api \
        unit wyre lithic alpaca astra moov treasury_prime marqeta checkout solid highnote gemini apex_clearing gusto adyen \
        atomic i2c wepay riskified utb adp_roll fortress_trust bond bakkt teal zero_hash taba_pay knot sardine alloy finix \
        nuvei layer boom paynote seamlessach stake wedbush esusu ansa scribeup straddle loanpro bloom_credit sfox brale \
        parafin cardless open_ledger valon gainbridge cardlytics pinwheel thread_bank array fiant oatfi curinos frame \
        interchecks interchange atomicfi pay natural kanmon kick increase airwallex cybrid bizcap webull kikoff_enterprise \
        adyen_ca bitgo anchorage
        """.split(separator: " ").map(String.init)
    )
}
