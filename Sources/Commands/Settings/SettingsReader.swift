import Configuration
import Domain
import SystemPackage
import Yams

/// Looks settings up: flag, then environment, then configuration file.
struct SettingsReader: Sendable {
    private let environment: ConfigReader
    private let file: ConfigReader?

    /// Reads the process's environment and, where one is named, a YAML file.
    ///
    /// - Throws: `CommandFailure` 78 when the file cannot be read.
    init(file path: String?, environment variables: [String: String]) async throws {
        environment = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))
        file = if let path { ConfigReader(provider: try await Self.provider(path)) } else { nil }
    }

    /// A setting's value as text, or nothing where it is set nowhere.
    func text(_ setting: Setting, flag: String? = nil) -> String? {
        if let flag { return flag }
        if let value = environment.string(forKey: ConfigKey(setting.environmentWords)), !value.isEmpty { return value }
        return setting.isCredential ? nil : file?.string(forKey: ConfigKey([setting.rawValue]))
    }

    /// A setting that is on or off.
    ///
    /// - Throws: `CommandFailure` 78 where the value is neither.
    func isOn(_ setting: Setting, flag: Bool) throws -> Bool {
        if flag { return true }
        switch text(setting)?.lowercased() {
        case nil, "false", "no", "0", "off": return false
        case "true", "yes", "1", "on": return true
        case let value?: throw Self.bad(setting, value, "true or false")
        }
    }

    /// A setting read by `parse`.
    ///
    /// - Throws: `CommandFailure` 64 or 78 where `parse` gives nothing; `form` says what it should be.
    func value<Value>(
        _ setting: Setting,
        flag: String? = nil,
        form: String,
        _ parse: (String) -> Value?
    ) throws -> Value? {
        guard let text = text(setting, flag: flag) else { return nil }
        guard let value = parse(text) else { throw Self.bad(setting, text, form, isFlag: flag != nil) }
        return value
    }

    /// A credential: from its variable, or from the file that its `…_FILE` variable or the configuration names.
    ///
    /// - Throws: `CommandFailure` 78 naming it where it is missing or empty.
    func credential(_ setting: Setting) throws -> Secret {
        if let value = try optionalCredential(setting) { return value }
        let name = setting.environmentName
        throw CommandFailure(
            .misconfigured,
            "\(name) is not set. Set it, or \(name)_FILE to the name of a file with it."
        )
    }

    /// A credential that may be missing.
    func optionalCredential(_ setting: Setting) throws -> Secret? {
        if let value = text(setting) { return Secret(value) }
        let path =
            environment.string(forKey: ConfigKey(setting.environmentWords + ["file"]))
            ?? file?.string(forKey: ConfigKey([setting.rawValue + "-file"]))
        guard let path, !path.isEmpty else { return nil }
        let content = try FileReading.firstLine(path, of: setting.environmentName + "_FILE")
        guard !content.isEmpty else {
            throw CommandFailure(.misconfigured, "\(path) holds no \(setting.environmentName).")
        }
        return Secret(content)
    }

    /// A variable that other programs use as well, such as `HTTPS_PROXY`.
    func variable(_ words: String...) -> String? {
        environment.string(forKey: ConfigKey(words)).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The failure of a value that cannot be used: 64 for a flag, 78 for what was set elsewhere.
    static func bad(_ setting: Setting, _ value: String, _ form: String, isFlag: Bool = false) -> CommandFailure {
        CommandFailure(
            isFlag ? .usage : .misconfigured,
            "--\(setting.rawValue) (or \(setting.environmentName)) is \"\(value)\", not \(form)."
        )
    }

    private static func provider(_ path: String) async throws -> FileProvider<YAMLSnapshot> {
        do {
            try checkKeys(of: try FileReading.text(path), path)
            return try await FileProvider<YAMLSnapshot>(filePath: FilePath(path))
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.misconfigured, "The configuration \(path) cannot be read: \(error)")
        }
    }

    /// A key that is not known may be a slip, and what it was to set would be missed.
    private static func checkKeys(of text: String, _ path: String) throws {
        let known = Set(Setting.allCases.map { $0.isCredential ? $0.rawValue + "-file" : $0.rawValue })
        let keys = (try Yams.compose(yaml: text)?.mapping?.keys).map { $0.compactMap(\.string) } ?? []
        guard let unknown = keys.first(where: { !known.contains($0) }) else { return }
        throw CommandFailure(
            .misconfigured,
            "The configuration \(path) sets \"\(unknown)\", which is no setting. There are: "
                + known.sorted().joined(separator: ", ") + "."
        )
    }
}
