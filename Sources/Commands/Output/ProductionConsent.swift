import Domain
import Ledger
import Reports

/// The yes that commands need in production before they make links.
struct ProductionConsent {
    /// Whether it was given beforehand, by `--yes`.
    let yes: Bool

    /// Asks on a terminal, where nothing was said beforehand.
    ///
    /// - Parameters:
    ///   - inputs: As they were given.
    ///   - deployment: Where calls go.
    ///   - ledger: The ledger's absolute path.
    /// - Throws: `CommandFailure` 64 where the answer is no, or nobody is there to give one.
    func ask(_ inputs: [String], _ deployment: Deployment, ledger: LedgerPlace) throws {
        guard deployment.environment == .production, !yes else { return }
        let question = ProductionQuestion(
            inputs: inputs.map { (name: $0, bytes: OpenFile.size($0)) },
            servers: deployment.endpoints.map { [.plaid: $0.plaid, .bond: $0.bond] } ?? [:],
            ledger: ledger.description,
            hasLedger: try ledger.exists()
        )
        guard Console.confirm(question.text) else {
            throw CommandFailure(.usage, "A run in production needs a yes: answer it on the terminal, or give --yes.")
        }
    }
}
