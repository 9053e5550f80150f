import Intake
import Ledger

extension CommandFailure {
    /// The failure that a ledger's error ends a command with.
    init(_ error: LedgerError) {
        let code: Code =
            switch error {
            case .missing, .empty, .noSuchRow, .noHistory: .noInput
            case .notALedger, .newer, .damaged, .forgetful, .otherEnvironment, .otherClient, .notDurable,
                .restoreCutShort,
                .refused, .insecure, .older:
                .misconfigured
            case .cannotCreate: .cannotCreate
            case .cannotWrite, .cannotRead, .full, .readOnly, .diskFault, .illegalStep: .cannotWrite
            case .inUse, .locked, .takenOver, .unreachable, .connectionLost: .tryLater
            case .linkOwned, .noSuchRun, .badAddress, .needsFile: .usage
            }
        self.init(code, error.description)
    }

    /// The failure that an unusable input ends a command with.
    init(_ error: IntakeError) {
        self.init(.unusableInput, "\(error)")
    }

    /// Runs `body` and turns the rooms' errors into failures.
    static func translating<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as LedgerError {
            throw CommandFailure(error)
        } catch let error as IntakeError {
            throw CommandFailure(error)
        }
    }
}
