import Configuration
import Domain

/// Looks settings up: flag, then environment, then configuration file.
struct SettingsReader: Sendable {
    private let environment: ConfigReader
    private let file: ConfigurationFile?

    /// Reads the process's environment and, where one is named, a YAML file.
    ///
    /// - Throws: `CommandFailure` 78 when the file cannot be read.
    init(file path: String?, environment variables: [String: String]) async throws {
        environment = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))
        file = try path.map { try ConfigurationFile(path: $0) }
    }

    /// A setting's value as text, or nothing where it is set nowhere.
    func text(_ setting: Setting, flag: String? = nil) -> String? {
        if let flag { return flag }
        return variable(setting.environmentWords) ?? (setting.isCredential ? nil : file?.text(setting.rawValue))
    }

    /// A setting that has several values: as they are listed in a file, or parted by commas.
    func texts(_ setting: Setting) -> [String] {
        if let text = variable(setting.environmentWords) { return text.split(separator: ",").map(String.init) }
        guard let entries = file?.entries(setting.rawValue) else { return [] }
        return entries.count == 1 ? entries[0].split(separator: ",").map(String.init) : entries
    }

    /// Where a setting's value comes from.
    func origin(_ setting: Setting, flag: String? = nil) -> SettingOrigin {
        if flag != nil { return .flag }
        if variable(setting.environmentWords) != nil { return .variable(setting.environmentName) }
        if setting.isCredential {
            let name = setting.environmentName + "_FILE"
            if let path = variable(setting.environmentWords + ["file"]) { return .variableFile(name, path: path) }
            if let file, let path = file.text(setting.fileKey) { return .fileFile(file.path, path: path) }
        }
        if let file, file.text(setting.fileKey) != nil { return .file(file.path) }
        return .usual
    }

    /// The files that values come from, each with what it is; those that flags name are not among them.
    var files: [(path: String, what: String)] {
        var files: [(path: String, what: String)] = []
        if let file { files.append((file.path, "the configuration")) }
        for setting in Setting.allCases {
            switch origin(setting) {
            case .variableFile(let name, let path): files.append((path, "the file of \(name)"))
            case .fileFile(_, let path): files.append((path, "the file of \(setting.environmentName)"))
            default: break
            }
        }
        if let path = text(.caFile) { files.append((path, "the file of certificates")) }
        return files
    }

    /// A setting that is on or off.
    ///
    /// - Throws: `CommandFailure` 78 where the value is neither.
    func isOn(_ setting: Setting, flag: Bool) throws -> Bool {
        if flag { return true }
        switch text(setting)?.lowercased() {
        case nil, "false", "no", "0", "off": return false
        case "true", "yes", "1", "on": return true
        case let value?: throw bad(setting, value, "true or false")
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
        guard let value = parse(text) else { throw bad(setting, text, form, flag: flag) }
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
        guard let path = variable(setting.environmentWords + ["file"]) ?? file?.text(setting.fileKey), !path.isEmpty
        else { return nil }
        let content = try FileReading.firstLine(path, of: name(of: setting))
        guard !content.isEmpty else {
            throw CommandFailure(.misconfigured, "\(path) holds no \(setting.environmentName).")
        }
        return Secret(content)
    }

    /// A variable that other programs use as well, such as `HTTPS_PROXY`.
    func variable(_ words: String...) -> String? {
        variable(words)
    }

    private func variable(_ words: [String]) -> String? {
        environment.string(forKey: ConfigKey(words)).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The failure of a value that cannot be used, which names where it is set: 64 for a flag, 78 for any other place.
    func bad(_ setting: Setting, _ value: String, _ form: String, flag: String? = nil) -> CommandFailure {
        let name = name(of: setting, flag: flag)
        return CommandFailure(flag == nil ? .misconfigured : .usage, "\(name) is \"\(value)\", not \(form).")
    }

    /// What a setting is called where its value comes from: the flag, the variable, or the key with its file and line.
    func name(of setting: Setting, flag: String? = nil) -> String {
        switch origin(setting, flag: flag) {
        case .flag, .usual: "--\(setting.rawValue)"
        case .variable(let name), .variableFile(let name, _): name
        case .file, .fileFile: "\(file?.place(setting.fileKey) ?? "the configuration"): \(setting.fileKey)"
        }
    }
}
