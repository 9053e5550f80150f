import Pacing

extension RunTools {
    /// Runs `body` while the gates tell other workers of the same ledger what they learn, and hear of them.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    package func sharingRates<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        try await plaidGate.keeping { try await bondGate.keeping(body) }
    }
}
