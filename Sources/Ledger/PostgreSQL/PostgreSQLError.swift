/// What a server, or the library that speaks with it, says is wrong.
struct PostgreSQLError: EngineError {
    /// The five characters that the server knows the error by; empty where the library found it.
    let state: String
    let reason: String
    /// Whether the connection is gone.
    let isLost: Bool

    /// Whether another transaction was in the way, so that this one may succeed if it is carried out again.
    var isConflict: Bool { ["40001", "40P01"].contains(state) }

    /// The ledger's own words for it.
    func ledgerError(_ name: String) -> LedgerError {
        if isLost { return .connectionLost(path: name, why: reason) }
        return switch state {
        case "42501": .refused(path: name, why: reason)
        case "53100": .full(path: name)
        case "25006": .cannotWrite(path: name, why: "the server only lets it be read (is it a standby?)")
        case "40001", "40P01", "55P03": .locked(path: name)
        case "58030": .diskFault(path: name, what: reason)
        case "XX001", "XX002", "42P01", "42703": .damaged(path: name, what: reason)
        default: .cannotWrite(path: name, why: reason)
        }
    }
}
