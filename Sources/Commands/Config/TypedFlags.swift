/// The settings among the words of a command line.
struct TypedFlags {
    private(set) var values: [Setting: String] = [:]
    /// What `--config` names.
    private(set) var configuration: String?

    /// Reads the words; what is no setting's flag is passed over.
    ///
    /// - Throws: `CommandFailure` 64 where a flag lacks its value, or is none that the command takes.
    init(_ words: [String]) throws {
        let known = CommandFinder.flags(words.first ?? "run")
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else { continue }
            let name = String(word.dropFirst(2).prefix { $0 != "=" })
            let setting = Setting(rawValue: name).flatMap { $0.isCredential ? nil : $0 }
            guard known.contains(name) else { throw Self.unknown(name, known) }
            guard setting != nil || name == "config" else { continue }
            var value: String? = word.contains("=") ? String(word.drop { $0 != "=" }.dropFirst()) : nil
            if value == nil { value = setting?.isSwitch == true ? "true" : rest.popFirst() }
            guard let value else { throw CommandFailure(.usage, "\(word) lacks its value.") }
            note(value, of: setting)
        }
    }

    private static func unknown(_ name: String, _ known: Set<String>) -> CommandFailure {
        let nearest = NearestName.of(name, among: known).map { " Is --\($0) meant?" } ?? ""
        return CommandFailure(.usage, "--\(name) is no option of the command after the two dashes.\(nearest)")
    }

    /// A flag that may be given several times adds up.
    private mutating func note(_ value: String, of setting: Setting?) {
        guard let setting else {
            configuration = value
            return
        }
        values[setting] = setting == .map ? [values[.map], value].compactMap(\.self).joined(separator: ",") : value
    }
}
