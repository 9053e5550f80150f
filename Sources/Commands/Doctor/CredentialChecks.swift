#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The doctor's look at credentials: that each is there, and that nobody else can read its file.
struct CredentialChecks {
    private static let needed: [Setting] = [.plaidClientID, .plaidSecret, .bondIdentity, .bondAuthorization]

    let reader: SettingsReader

    /// Whether any of those that a run needs is set, in whichever way.
    var areAnySet: Bool { Self.needed.contains { reader.origin($0) != .usual } }

    /// A finding for each credential; the ledger's key only where it is set.
    func perform() -> [Finding] {
        (Self.needed + [.ledgerKey]).compactMap(finding)
    }

    private func finding(_ setting: Setting) -> Finding? {
        let name = "credential " + setting.rawValue
        let origin = reader.origin(setting)
        do {
            guard try reader.optionalCredential(setting) != nil else {
                if setting == .ledgerKey { return nil }
                return .fault(name, .misconfigured, "\(setting.environmentName) is not set.", advice: advice(setting))
            }
        } catch {
            return .fault(name, (error as? CommandFailure) ?? CommandFailure(.misconfigured, "\(error)"))
        }
        return origin.credentialPath.flatMap { openness(name, path: $0) } ?? .fine(name, "set, by \(origin.inWords)")
    }

    private func openness(_ name: String, path: String) -> Finding? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 != 0 else { return nil }
        let mode = String(status.st_mode & 0o777, radix: 8)
        return .warning(
            name,
            "others can read \(path) (mode \(mode))",
            advice: "Keep it to yourself: chmod 600 \(path)"
        )
    }

    private func advice(_ setting: Setting) -> String {
        "Set \(setting.environmentName), or \(setting.environmentName)_FILE to the name of a file with it."
    }
}
