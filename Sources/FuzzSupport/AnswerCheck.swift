import Domain

/// What must hold for an answer of either API.
struct AnswerCheck {
    /// What was sent and must not come back out.
    let secrets: [String]
    /// The HTTP status.
    let status: Int

    /// Checks a call and gives its success to `success`.
    func run<Value>(_ call: RemoteCall<Value>, success: (Value) throws -> Void) throws {
        if let id = call.requestID { try checkText(id) }
        switch call.reply {
        case .success(let value):
            try require((200..<300).contains(status), "status \(status) is a success")
            try success(value)
        case .refusal(let refusal): try check(refusal)
        case .unusable(let status, let why):
            try require((200..<300).contains(status), "status \(status) is an unusable success")
            try checkText(why)
        case .neverSent(let why), .lost(let why): throw FuzzFinding("an answer is taken for none: \(why)")
        }
    }

    private func check(_ refusal: Refusal) throws {
        for text in [refusal.type, refusal.code, refusal.message, refusal.requestID] {
            if let text { try checkText(text) }
        }
        try require((100...599).contains(refusal.status), "a refusal has status \(refusal.status)")
        let isRefusal = refusal.status >= 400 || refusal.status == status
        try require(isRefusal, "status \(status) is told as \(refusal.status)")
        if let wait = refusal.retryAfter { try WaitCheck.run(wait) }
    }

    func checkText(_ text: String) throws(FuzzFinding) {
        try require(text.unicodeScalars.count <= 300, "a text of \(text.unicodeScalars.count) characters")
        try require(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, "control characters")
        for secret in secrets {
            try require(!Array(text.utf8).holds(Array(secret.utf8)), "a text shows a secret: \(text)")
        }
    }
}

/// What must hold for a wait that a server asks for.
enum WaitCheck {
    static func run(_ wait: Duration) throws(FuzzFinding) {
        try require(wait >= .zero, "a wait of \(wait)")
        try require(wait <= .seconds(366 * 86_400), "a wait of \(wait)")
    }
}

extension [UInt8] {
    /// Whether `part` stands anywhere in these bytes, whatever characters they make up.
    fileprivate func holds(_ part: [UInt8]) -> Bool {
        count >= part.count && (0...count - part.count).contains { self[$0...].starts(with: part) }
    }
}
