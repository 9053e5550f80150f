import Domain

/// Believes what is signed with the word `genuine`.
struct FakeCheck: WebhookCheck {
    func check(_ body: [UInt8], verification: String?) async throws(WebhookRejection) {
        guard let verification else { throw .unsigned }
        guard verification == "genuine" else { throw .forged }
    }
}
