import Domain

extension Failure {
    /// The failure on one line, as `plaid ITEM_LOGIN_REQUIRED: the login details have changed`.
    var inWords: String {
        "\(source.rawValue) \(code)" + (message.map { ": " + $0 } ?? "")
    }

    /// What to do about it; nothing where neither the answer table nor its source tells.
    var advice: String? {
        if (source, code) == (.bond, Failure.removedOnRequest.code) {
            return "Nothing, if that was meant; to link it again, `--retry unlinked`."
        }
        if let advice = adviceOfExchange { return advice }
        return switch source {
        case .plaid: adviceOfTable(.plaid)
        case .bond: adviceOfTable(.bond)
        case .network: "The next run settles it or tries it again; if it stays, look at the network and the proxy."
        case .input: "Correct the line in the input, then run again."
        }
    }

    /// What to do where an access token was gained and cannot be had.
    private var adviceOfExchange: String? {
        switch code {
        case Self.accessTokenOutOfReach.code:
            "Put the access token that `relink tokens export` gave out into the input, or give the key that it was sealed "
                + "with; then run with `--retry rejected`."
        case Self.accessTokenLostCode:
            "The user goes through Plaid Link again. The Item that was made is nobody's: ask Plaid to remove it."
        default: nil
        }
    }

    private func adviceOfTable(_ api: API) -> String? {
        if let renamed = AnswerTable.rules.first(where: { $0.api == api && $0.reportedCode == code }) {
            return renamed.advice
        }
        let answer = Refusal(api: api, status: statusInCode ?? 0, type: type, code: code, message: message)
        let rule = AnswerTable.rule(for: answer)
        let isCatchAll = rule.code == nil && rule.type == nil && rule.statuses == nil && rule.messagePart == nil
        return isCatchAll ? nil : rule.advice
    }

    /// The status of a code like `http_503`, which stands for an answer without a code of its own.
    private var statusInCode: Int? {
        code.hasPrefix("http_") ? Int(code.dropFirst(5)) : nil
    }
}
