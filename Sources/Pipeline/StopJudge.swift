import Domain

/// Judges answers that are about set-up: they stop the run, unless the same row stopped one before and the
/// credentials have worked since.
struct StopJudge: Sendable {
    let tools: RunTools
    let control: RunControl

    /// Stops the run, or gives the settlement for a row that the answer turns out to be about.
    func judge(_ refusal: Refusal, _ rule: AnswerRule, on link: Link) async throws -> Settlement? {
        if let stoppedAt = link.stoppedRunAt, let success = try await tools.ledger.lastSuccess(of: refusal.api),
            success > stoppedAt
        {
            return Settlement(state: .rejected, action: .review, failure: Failure(refusal))
        }
        _ = try await tools.ledger.commit(LinkChange(link.id, .stoppedRun, at: tools.now()))
        control.stop(.refused(rule.stopMessage(refusal)))
        return nil
    }
}

extension AnswerRule {
    /// Whether the customer has to connect the bank anew.
    var isAboutAGoneConnection: Bool {
        if case .settle(_, .relink) = meaning { true } else { false }
    }

    /// What is said of an answer that stops a command, and what to do about it.
    func stopMessage(_ refusal: Refusal) -> String {
        let code = refusal.code.map { " \($0)" } ?? ""
        let message = refusal.message.map { " (\($0))" } ?? ""
        return "\(refusal.api.name) answered \(refusal.status)\(code)\(message). \(advice)"
    }
}
