import Domain

/// What an answer to the doctor's call proves.
struct AnswerJudge {
    let api: API

    /// Judges a call that was made to be refused for its token (Plaid), or to succeed (Bond).
    func finding<Value>(_ call: RemoteCall<Value>) -> Finding {
        switch call.reply {
        case .success: return .fine(name, accepted)
        case .neverSent(let why), .lost(let why):
            return .fault(name, .tryLater, "\(api.name) cannot be reached: \(why).")
        case .unusable(let status, let why):
            return .fault(name, .tryLater, "\(api.name) answered HTTP \(status) with what cannot be read: \(why).")
        case .refusal(let refusal): return finding(refusal)
        }
    }

    private func finding(_ refusal: Refusal) -> Finding {
        let rule = AnswerTable.rule(for: refusal)
        let words = ([refusal.code, refusal.message].compactMap(\.self)).joined(separator: ": ")
        let told =
            "\(api.name) answered HTTP \(refusal.status), \(words.hasSuffix(".") ? words.dropLast() : words[...])"
        switch rule.meaning {
        case .stop: return .fault(name, .refused, told + ".", advice: rule.advice)
        case .rateLimited:
            return .warning(name, "\(told): it can be reached and is over its limit", advice: "Ask again in a minute.")
        case .maintenance: return .fault(name, .tryLater, told + ".", advice: rule.advice)
        default: break
        }
        if refusal.status >= 500 || refusal.status == 408 { return .fault(name, .tryLater, told + ".") }
        if isExpected(refusal) { return .fine(name, accepted) }
        return .warning(name, "\(told): nobody has documented what that says of the credentials")
    }

    /// Plaid took the keys and then did not know the token.
    private func isExpected(_ refusal: Refusal) -> Bool {
        api == .plaid && ["INVALID_ACCESS_TOKEN", "ITEM_NOT_FOUND"].contains(refusal.code)
    }

    private var accepted: String { "\(api.name) answers and takes the credentials" }
    private var name: String { api.rawValue }
}
