import Domain

extension Attempt.Call {
    /// What is called, in words.
    var inWords: String {
        switch self {
        case .exchange: "Plaid: exchange a public token"
        case .mint: "Plaid: make a processor token"
        case .post: "Bond: link an account"
        case .list: "Bond: list an owner's accounts"
        case .remove: "Bond: remove a link"
        case .resolve: "a person's verdict"
        case .adopt: "a link made elsewhere taken over"
        }
    }
}

extension Attempt.Result {
    /// What came of a call, in words.
    var inWords: String {
        switch self {
        case .ok: "ok"
        case .refused: "refused"
        case .rateLimited: "refused for its rate (429)"
        case .unusable: "answer of no use"
        case .neverSent: "never sent"
        case .lost: "answer lost"
        case .crashed: "cut off by the end of the process"
        }
    }
}

extension Duration {
    /// The duration in milliseconds, as `1,234 ms`.
    var inMilliseconds: String { "\(Int(wholeMilliseconds).grouped) ms" }
}
