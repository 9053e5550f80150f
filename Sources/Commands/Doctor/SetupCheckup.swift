import Domain
import Ledger
import Reports

/// All that the doctor looks at.
struct SetupCheckup {
    private let reader: SettingsReader
    private let connection: ConnectionOptions
    private let isOffline: Bool
    private let path: LedgerPlace
    private let isLedgerNamed: Bool
    /// Whose the ledger is; nothing where there is none, or it cannot be read.
    private let ledgerEnvironment: String?
    private let isEnvironmentSet: Bool

    /// Finds out which ledger and servers it is about.
    init(
        reader: SettingsReader,
        ledger: LedgerOptions,
        connection: ConnectionOptions,
        isOffline: Bool
    ) async throws {
        self.reader = reader
        self.isOffline = isOffline
        path = try ledger.place(reader)
        isLedgerNamed = ledger.ledger != nil
        ledgerEnvironment = try? LedgerReader(path).environment()
        isEnvironmentSet = reader.text(.env, flag: connection.env) != nil
        var connection = connection
        if !isEnvironmentSet { connection.env = ledgerEnvironment }
        self.connection = connection
    }

    /// Looks at everything there is to look at.
    ///
    /// - Throws: `CommandFailure` 66 where there is no ledger and nothing else to check.
    func perform() async throws -> [Finding] {
        let credentials = CredentialChecks(reader: reader)
        let isSimulated = (try? Deployment.environment(connection, reader)) == .simulator
        let hasSetup = credentials.areAnySet || isSimulated
        var findings = try ledgerFindings(mayBeMissing: !isLedgerNamed && hasSetup)
        let isLedgerAtFault = findings.contains { $0.check.verdict == .fail }
        findings += path.filePath.map { DiskChecks(ledger: $0).perform() } ?? []
        guard hasSetup else {
            let why = "no credentials are set (\(Setting.plaidClientID.environmentName) and so on)"
            return findings
                + ["configuration", "credentials", "plaid", "bond"].map {
                    .fine($0, "not looked at: \(why)")
                }
        }
        let deployment: Deployment
        do {
            deployment = try Deployment(connection, reader)
        } catch let failure as CommandFailure {
            return findings + [.fault("configuration", failure)] + credentials.perform() + leftOut("set-up is wrong")
        }
        findings +=
            [configuration(deployment)] + ownership(deployment) + (isInProcess(deployment) ? [] : credentials.perform())
        if isOffline { return findings + leftOut("--offline") }
        if isLedgerAtFault { return findings + leftOut("the ledger comes first") }
        guard isEnvironmentSet || ledgerEnvironment != nil || (try? path.exists()) == false else {
            return findings + leftOut("whose the ledger is cannot be read; give --env")
        }
        return findings + (try await RemoteChecks(deployment: deployment, ledger: path).perform())
    }

    private func ledgerFindings(mayBeMissing: Bool) throws -> [Finding] {
        do {
            return try LedgerChecks(path: path).perform().map { Finding(check: $0) }
        } catch let error as LedgerError {
            if case .missing = error, mayBeMissing {
                let what = "there is none at \(path) yet; the first run makes it, in production with --new-ledger"
                // A job that has run before finds its ledger gone.
                let isSet = reader.text(.ledger) != nil
                return [isSet ? .warning("ledger", what + "; after that it must be there") : .fine("ledger", what)]
            }
            let failure = CommandFailure(error)
            if failure.exitCode == CommandFailure.Code.noInput.rawValue { throw failure }
            return [.fault("ledger", failure)]
        }
    }

    private func configuration(_ deployment: Deployment) -> Finding {
        let names: [(Setting, String?)] = [
            (.env, isEnvironmentSet ? connection.env : nil), (.plaidURL, connection.plaidURL),
            (.bondURL, connection.bondURL),
        ]
        var origins = names.compactMap { setting, flag in
            let origin = reader.origin(setting, flag: flag)
            return origin == .usual ? nil : "\(setting.rawValue) from \(origin.inWords)"
        }
        if !isEnvironmentSet, ledgerEnvironment != nil { origins.append("env from the ledger") }
        let servers = deployment.endpoints.map { "\($0.plaid) and \($0.bond)" } ?? "the simulator in this process"
        let words = origins.isEmpty ? "all defaults" : origins.joined(separator: ", ")
        return .fine("configuration", "\(deployment.environment.rawValue): \(servers) (\(words))")
    }

    /// A run would refuse to mix two environments, or two Plaid clients.
    private func ownership(_ deployment: Deployment) -> [Finding] {
        guard ledgerEnvironment != nil else { return [] }
        let clientID = deployment.credentials.plaidClientID.exposed
        do {
            try LedgerOwner.check(path, environment: deployment.environment, plaidClientID: clientID)
            return [.fine("ledger owner", "it belongs to this environment and this Plaid client id")]
        } catch let error as LedgerError {
            return [.fault("ledger owner", CommandFailure(error))]
        } catch {
            return [.fault("ledger owner", .misconfigured, "\(error)")]
        }
    }

    private func isInProcess(_ deployment: Deployment) -> Bool { deployment.endpoints == nil }

    private func leftOut(_ why: String) -> [Finding] {
        ["plaid", "bond"].map { .fine($0, "not called: \(why)") }
    }
}
