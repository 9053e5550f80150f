import Domain

/// Remembers the keys that webhooks are signed with, and asks Plaid for others, seldom enough that strangers who make up
/// keys cannot make us call Plaid without end.
actor WebhookKeyRing {
    private enum Answer {
        case known(WebhookKey)
        case unknown
        /// Plaid did not say.
        case none
    }

    private struct Memory {
        let answer: Answer
        let asked: Timestamp
    }

    /// How many keys are remembered, and how many that Plaid does not know.
    private static let capacity = 100
    /// The least time between two questions.
    private static let pause = Duration.seconds(1)
    /// How long an answer holds: a key can expire.
    private static let life = Duration.seconds(3_600)

    private let ask: @Sendable (String) async -> RemoteCall<WebhookKey>
    private let now: @Sendable () -> Timestamp
    private var known: [String: Memory] = [:]
    /// Kept apart, so that made-up keys push out none of Plaid's.
    private var unknown: [String: Memory] = [:]
    private var asking: [String: Task<Answer, Never>] = [:]
    private var lastAsked: Timestamp?

    init(
        now: @escaping @Sendable () -> Timestamp,
        ask: @escaping @Sendable (String) async -> RemoteCall<WebhookKey>
    ) {
        (self.now, self.ask) = (now, ask)
    }

    /// The key of this id.
    func key(_ id: String) async throws(WebhookRejection) -> WebhookKey {
        switch await answer(id) {
        case .known(let key):
            guard !key.isExpired else { throw .expiredKey }
            return key
        case .unknown: throw .unknownKey
        case .none: throw .noKey
        }
    }

    private func answer(_ id: String) async -> Answer {
        if let memory = known[id] ?? unknown[id], isFresh(memory.asked, Self.life) { return memory.answer }
        // Who comes while the question is out waits for the same answer.
        if let question = asking[id] { return await question.value }
        let moment = now()
        if let lastAsked, isFresh(lastAsked, Self.pause) { return .none }
        lastAsked = moment
        let question = Task { [ask] in Self.answer(await ask(id)) }
        asking[id] = question
        let answer = await question.value
        asking[id] = nil
        remember(Memory(answer: answer, asked: moment), id)
        return answer
    }

    /// Whether a moment is less than so long ago; a clock that was put back makes everything old.
    private func isFresh(_ moment: Timestamp, _ life: Duration) -> Bool {
        let age = now().since(moment)
        return age >= .zero && age < life
    }

    private func remember(_ memory: Memory, _ id: String) {
        switch memory.answer {
        case .known: Self.put(memory, id, into: &known)
        case .unknown: Self.put(memory, id, into: &unknown)
        case .none: break
        }
    }

    private static func put(_ memory: Memory, _ id: String, into memories: inout [String: Memory]) {
        if memories[id] == nil, memories.count >= capacity,
            let oldest = memories.min(by: { $0.value.asked < $1.value.asked })
        {
            memories[oldest.key] = nil
        }
        memories[id] = memory
    }

    private static func answer(_ call: RemoteCall<WebhookKey>) -> Answer {
        switch call.reply {
        case .success(let key): .known(key)
        case .refusal(let refusal) where refusal.code == "INVALID_WEBHOOK_VERIFICATION_KEY_ID": .unknown
        case .refusal, .unusable, .lost, .neverSent: .none
        }
    }
}
