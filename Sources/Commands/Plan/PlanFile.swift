import Domain
import Foundation
import Ledger

/// A plan that was kept, to be carried out only where nothing has changed since.
struct PlanFile: Sendable {
    private struct Content: Decodable {
        struct Input: Decodable {
            let name: String
            let sha256: String
        }

        let version: Int
        let madeAt: String
        let environment: String
        let ledger: String
        let ledgerEpoch: Int?
        let inputs: [Input]

        private enum CodingKeys: String, CodingKey {
            case version, environment, ledger, inputs
            case madeAt = "made_at"
            case ledgerEpoch = "ledger_epoch"
        }
    }

    private let path: String
    private let content: Content

    /// Reads a plan.
    ///
    /// - Throws: `CommandFailure` 66 where there is none, 78 where it is no plan of this version.
    init(_ path: String) throws {
        self.path = path
        guard let bytes = FileManager.default.contents(atPath: path) else {
            let why = ReadingFault.opening(path) ?? "it is no file of text"
            throw CommandFailure(.noInput, "The plan \(path) cannot be read: \(why).")
        }
        guard let content = try? JSONDecoder().decode(Content.self, from: bytes), content.version == 1 else {
            throw CommandFailure(.misconfigured, "\(path) is no plan: make one with relink plan … --output \(path)")
        }
        self.content = content
    }

    /// Makes sure that a run would do what was planned.
    ///
    /// - Throws: `CommandFailure` 78 naming what has changed.
    func check(inputs: [String], ledger: LedgerPlace, environment: DeploymentEnvironment) throws {
        guard content.inputs.map(\.name) == inputs else {
            throw changed("it is for \(content.inputs.map(\.name).joined(separator: " "))")
        }
        guard content.environment == environment.rawValue else { throw changed("it is for \(content.environment)") }
        guard content.ledger == ledger.description else { throw changed("it is for the ledger \(content.ledger)") }
        for input in content.inputs where try FileDigest.sha256(input.name) != input.sha256 {
            throw changed("\(input.name) has changed since")
        }
        let policy = AdmissionPolicy(now: Surroundings.now(), recheck: .zero, retry: [])
        guard try LedgerPlanner(ledger, policy: policy).epoch() == content.ledgerEpoch else {
            throw changed("the ledger has been written since")
        }
    }

    private func changed(_ what: String) -> CommandFailure {
        CommandFailure(
            .misconfigured,
            "The plan \(path), made at \(content.madeAt), cannot be carried out: \(what). Make a new one with relink plan."
        )
    }
}
