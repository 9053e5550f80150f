/// Finds environment variables that look like settings and are none: what they were to set would be missed.
enum UnknownVariables {
    /// A sentence for each, in the order of their names.
    static func warnings(_ variables: [String: String]) -> [String] {
        let known = Set(Setting.allCases.flatMap(\.environmentNames))
        return variables.keys.filter { $0.hasPrefix("RELINK_") && !known.contains($0) && !isOther($0) }.sorted().map {
            sentence($0, known)
        }
    }

    private static func sentence(_ name: String, _ known: Set<String>) -> String {
        let flag = name.dropFirst("RELINK_".count).lowercased().split(separator: "_").joined(separator: "-")
        let start = "The environment variable \(name) is no setting and has no effect"
        if let setting = Setting(rawValue: flag) { return "\(start): this one is \(setting.environmentName)." }
        if commandLineOnly.contains(flag) { return "\(start): --\(flag) is for the command line alone." }
        return NearestName.of(name, among: known).map { "\(start). Is \($0) meant?" } ?? "\(start)."
    }

    private static let commandLineOnly: Set = [
        "config", "dry-run", "format", "json", "new-ledger", "output", "quiet", "spreadsheet-safe", "yes",
    ]

    /// What hooks are told by, and what the tests' preloaded library reads.
    private static func isOther(_ name: String) -> Bool {
        HookEnvironment.names.contains(name) || ["RELINK_CLOCK", "RELINK_RECORD"].contains(name)
            || name.hasPrefix("RELINK_FAULT")
    }
}
