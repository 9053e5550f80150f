import Domain

extension Settlement {
    /// Where a row rests after its last try at an answer that may pass.
    static func exhausted(_ failure: Failure) -> Settlement {
        Settlement(state: .retryable, action: .retry, failure: failure)
    }

    /// Where a row rests after an answer nobody has documented: `retryable` in three runs, then `rejected`.
    static func unknown(_ refusal: Refusal, runsBefore: Int) -> Settlement {
        let failure = Failure(refusal)
        return runsBefore < 3
            ? Settlement(state: .retryable, action: .retry, failure: failure, unknownRuns: runsBefore + 1)
            : Settlement(state: .rejected, action: .review, failure: failure, unknownRuns: runsBefore + 1)
    }
}

extension Failure {
    /// The failure of a call that got no answer.
    static func network(_ code: String, _ why: String) -> Failure {
        Failure(source: .network, code: code, message: why)
    }
}
