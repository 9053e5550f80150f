/// Everything that can be set by flag, environment or file; the raw value is the flag without its dashes.
enum Setting: String, CaseIterable, Sendable {
    case ledger
    case env
    case plaidURL = "plaid-url"
    case bondURL = "bond-url"
    case caFile = "ca-file"
    case plaidRate = "plaid-rate"
    case bondRate = "bond-rate"
    case concurrency
    case limit
    case sample
    case maxDuration = "max-duration"
    case waitLock = "wait-lock"
    case lease
    case haltOn = "halt-on"
    case retry
    case exclude
    case minRows = "min-rows"
    case map
    case delimiter
    case timeout
    case settle
    case trustList = "trust-list"
    case recheck
    case metricsFile = "metrics-file"
    case onSuccess = "on-success"
    case onFailure = "on-failure"
    case hookTimeout = "hook-timeout"
    case heartbeat
    case heartbeatStyle = "heartbeat-style"
    case successCodes = "success-codes"
    case processorTokenAge = "processor-token-age"
    case businessOwners = "business-owners"
    case bondIdempotencyKey = "bond-idempotency-key"
    case deleteForm = "delete-form"
    case clientName = "client-name"
    case language
    case countries
    case products
    case subtypes
    case redirectURI = "redirect-uri"
    case webhook
    case customization
    case itemRate = "item-rate"
    case olderThan = "older-than"
    case consentWithin = "consent-within"
    case plaidClientID = "plaid-client-id"
    case plaidSecret = "plaid-secret"
    case bondIdentity = "bond-identity"
    case bondAuthorization = "bond-authorization"
    case ledgerKey = "ledger-key"

    /// The environment variable's words.
    var environmentWords: [String] {
        switch self {
        case .plaidURL: ["plaid", "base", "url"]
        case .bondURL: ["bond", "base", "url"]
        case .plaidClientID, .plaidSecret, .bondIdentity, .bondAuthorization: flagWords
        default: ["relink"] + flagWords
        }
    }

    /// The environment variable's name.
    var environmentName: String {
        environmentWords.joined(separator: "_").uppercased()
    }

    /// The environment variables that set it, by value or by a file's name.
    var environmentNames: [String] {
        isCredential ? [environmentName, environmentName + "_FILE"] : [environmentName]
    }

    /// The configuration file's key.
    var fileKey: String { isCredential ? rawValue + "-file" : rawValue }

    /// Whether the value is a secret, or goes with one: never a flag, and in a file only by naming another file.
    var isCredential: Bool {
        [.plaidClientID, .plaidSecret, .bondIdentity, .bondAuthorization, .ledgerKey].contains(self)
    }

    /// Whether nobody but the run may see the value: a credential, or an address that silences the alarm.
    var isSecret: Bool { isCredential || self == .heartbeat }

    private var flagWords: [String] {
        rawValue.split(separator: "-").map(String.init)
    }
}
