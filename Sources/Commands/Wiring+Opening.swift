import Domain
import Ledger
import Pipeline

extension Wiring {
    /// How a command that is no run opens the ledger, which has to be there.
    ///
    /// - Parameters:
    ///   - kind: What the ledger calls the command.
    ///   - path: The ledger's absolute path.
    ///   - command: The command line.
    /// - Returns: The opening, as of now.
    func opening(_ kind: LedgerOpening.Kind, path: LedgerPlace, command: String) -> LedgerOpening {
        let now = Surroundings.now()
        return LedgerOpening(
            kind: kind,
            place: path,
            environment: deployment.environment,
            plaidClientID: deployment.credentials.plaidClientID.exposed,
            keySource: deployment.keySource,
            credentials: deployment.credentials.byAPI,
            mayCreate: false,
            holder: Surroundings.holder(at: now),
            runID: Surroundings.makeRunID(at: now),
            command: command,
            startedAt: now,
            callTimeout: settings.callTimeout,
            onOutage: Console.tell
        )
    }
}
