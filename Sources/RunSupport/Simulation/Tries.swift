import Domain

/// How often rows are tried in one run, for as long as nothing but rows fails at Plaid.
///
/// An API that is out costs its rows no tries, and only the gate knows whether it is: from the first sign of that on,
/// nothing is counted.
struct Tries: Sendable {
    /// Retries that are allowed whatever the number of calls.
    private static let floor = 20.0
    private static let share = 0.1

    /// Tries of one row.
    var most = Int.max
    /// Tries of each row since it last had a token.
    private var tried: [Identity: Int] = [:]
    private var firsts = 0
    private var retries = 0
    private var isClear = true

    /// A mint leaves; gives what is wrong with that.
    mutating func mint(_ identity: Identity) -> String? {
        tried[identity, default: 0] += 1
        let tries = tried[identity, default: 0]
        if tries == 1 { firsts += 1 } else { retries += 1 }
        guard isClear else { return nil }
        if tries > most { return "try \(tries) of \(identity.short), and \(most) are allowed" }
        let allowed = Self.floor + Self.share * Double(firsts)
        return Double(retries) > allowed ? "retry \(retries) after \(firsts) first tries" : nil
    }

    /// A mint has come back.
    mutating func note(_ identity: Identity, _ reply: RemoteCall<Secret>.Reply) {
        switch reply {
        case .success: tried[identity] = nil
        case .refusal(let refusal): if refusal.status == 429 || refusal.status >= 500 { isClear = false }
        default: isClear = false
        }
        if case .refusal(let refusal) = reply, refusal.code == "PLANNED_MAINTENANCE" { isClear = false }
    }
}
