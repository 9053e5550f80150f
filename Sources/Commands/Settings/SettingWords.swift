/// What there is to say of a setting.
struct SettingWords: Sendable {
    /// What holds where nothing is set; nothing where that means off, or unlimited.
    var usual: String?
    /// One sentence.
    let meaning: String
    /// A value to show, as YAML.
    let example: String

    init(_ usual: String?, _ example: String, _ meaning: String) {
        self.usual = usual
        self.example = example
        self.meaning = meaning
    }
}

extension Setting {
    /// Whether it takes no value on the command line.
    var isSwitch: Bool { [.trustList, .businessOwners, .bondIdempotencyKey].contains(self) }

    /// What it is for, its default, and an example.
    var words: SettingWords {
        switch self {
        case .ledger:
            SettingWords(
                "relink.sqlite",
                "/var/lib/relink/relink.sqlite",
                "The ledger: a file, or postgresql://user@host/database."
            )
        case .env: SettingWords("sandbox", "production", "sandbox, production or simulator: which servers.")
        case .plaidURL: SettingWords(nil, "https://plaid.example", "Plaid's address in place of the environment's.")
        case .bondURL: SettingWords(nil, "https://bond.example", "Bond's address in place of the environment's.")
        case .caFile:
            SettingWords(nil, "/etc/ssl/own.pem", "A PEM file of authorities to trust besides the system's.")
        case .plaidRate: SettingWords("400/min", "300/min", "Plaid calls at most: a rate, or rates by the time of day.")
        case .bondRate: SettingWords("600/min", "600/min", "Bond calls at most: a rate, or rates by the time of day.")
        case .concurrency: SettingWords("32", "32", "Calls in flight at each API at most.")
        case .limit: SettingWords(nil, "1000", "Rows attempted at most.")
        case .sample: SettingWords(nil, "1%", "Attempt only this share of the rows, always the same ones.")
        case .maxDuration: SettingWords(nil, "5h", "Stop starting rows after this time.")
        case .waitLock: SettingWords("0s", "10m", "Wait so long for another run to free the ledger.")
        case .lease:
            SettingWords(
                "15s",
                "30s",
                "With a ledger on a server: how long a worker without a sign of life keeps its rows."
            )
        case .haltOn: SettingWords(nil, "5%", "Stop when this share of the last 200 outcomes is bad.")
        case .retry: SettingWords(nil, "[rejected]", "Try these states again: rejected, unlinked, held.")
        case .exclude: SettingWords(nil, "exclude.csv", "A file of owners, accounts or references to leave out.")
        case .minRows:
            SettingWords(
                nil,
                "1000",
                "How many rows the input must have: with fewer, an export broke off, and it is 65."
            )
        case .map: SettingWords(nil, "{customer_id: crm_id}", "Take a field from another column.")
        case .delimiter: SettingWords(nil, "tab", "What parts the fields of CSV: a comma, or a tab in .tsv files.")
        default: otherWords
        }
    }

    private var otherWords: SettingWords {
        switch self {
        case .timeout: SettingWords("30s", "30s", "How long one call may take, connection included.")
        case .settle:
            SettingWords(nil, "60s", "How long Bond may take to list a new link: 60s in production, 10s in sandbox.")
        case .trustList:
            SettingWords("false", "false", "Take an empty list of Bond's as proof that a link was not made.")
        case .recheck: SettingWords("20h", "20h", "How long a row that needs its user is left alone.")
        case .metricsFile: SettingWords(nil, "relink.prom", "Write the run's figures to this file as OpenMetrics text.")
        case .onSuccess: SettingWords(nil, "echo done", "Run this with /bin/sh after a run that succeeded.")
        case .onFailure: SettingWords(nil, "echo failed", "Run this with /bin/sh after a run that did not.")
        case .hookTimeout: SettingWords("60s", "60s", "How long such a command may take.")
        case .heartbeat: SettingWords(nil, "https://hc.example/id", "Get this address after a run that succeeded.")
        case .heartbeatStyle:
            SettingWords("plain", "healthchecks", "plain, or healthchecks: get URL/start and URL/fail as well.")
        case .successCodes: SettingWords("0,1,3", "[0, 1, 3]", "The exit codes that count as success.")
        case .processorTokenAge: SettingWords(nil, "30d", "How old a kept processor token may be.")
        case .businessOwners: SettingWords("false", "true", "Rows may belong to businesses (business_id).")
        case .bondIdempotencyKey:
            SettingWords("false", "true", "Send an Idempotency-Key, which Bond documents for other calls only.")
        case .deleteForm:
            SettingWords("sdk", "sdk", "How links are removed at Bond: sdk, guide or card, as published.")
        case .itemRate:
            SettingWords("4000/min", "4000/min", "Plaid calls of items check at most: they have their own limit.")
        case .olderThan: SettingWords("12h", "12h", "items check asks about what was last checked so long ago.")
        case .consentWithin:
            SettingWords("14d", "14d", "A bank's consent that ends within this time needs its user.")
        case .clientName: SettingWords(nil, "Acme", "The brand's name as Plaid Link shows it.")
        case .language: SettingWords("en", "en", "Plaid Link's language.")
        case .countries: SettingWords("US", "[US]", "The countries of the banks that Plaid Link offers.")
        case .products: SettingWords("auth", "[auth]", "What a new connection is for.")
        case .subtypes: SettingWords("checking,savings", "[checking]", "The subtypes of accounts that may be chosen.")
        case .redirectURI: SettingWords(nil, "https://acme.example/oauth", "Where a bank sends the customer back to.")
        case .webhook: SettingWords(nil, "https://acme.example/plaid", "Where Plaid tells of a new connection.")
        case .customization: SettingWords(nil, "default", "The customization of Plaid's dashboard that Link has.")
        case .plaidClientID: SettingWords(nil, "/run/secrets/plaid-client-id", "Plaid's client id.")
        case .plaidSecret: SettingWords(nil, "/run/secrets/plaid-secret", "Plaid's secret for the environment.")
        case .bondIdentity: SettingWords(nil, "/run/secrets/bond-identity", "Bond's Identity header.")
        case .bondAuthorization:
            SettingWords(nil, "/run/secrets/bond-authorization", "Bond's Authorization header.")
        default:
            SettingWords(nil, "/run/secrets/ledger-key", "What seals tokens in the ledger, in place of Plaid's secret.")
        }
    }
}
