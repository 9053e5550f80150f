import Domain

/// What a hook finds in its environment: all that the run had but for secrets, and how the run ended.
struct HookEnvironment {
    let inherited: [String: String]
    let ending: RunEnding
    let ledger: String
    /// The file that holds the summary; nothing where there is no summary.
    let summaryPath: String?

    /// The names that a hook is told by.
    static let names: Set<String> = [
        "RELINK_SUMMARY", "RELINK_EXIT_CODE", "RELINK_OUTCOME", "RELINK_RUN_ID", "RELINK_LEDGER",
    ]

    /// The variables by name.
    var variables: [String: String] {
        var variables = inherited.filter { !Self.isSecret($0.key) }
        variables["RELINK_SUMMARY"] = summaryPath ?? ""
        variables["RELINK_EXIT_CODE"] = "\(ending.exitCode)"
        variables["RELINK_OUTCOME"] = ending.outcome?.rawValue ?? ""
        variables["RELINK_RUN_ID"] = ending.summary?.runID ?? ""
        variables["RELINK_LEDGER"] = ledger
        return variables
    }

    /// Everything of the two APIs but addresses and names of files, and what opens the ledger or the switch.
    private static func isSecret(_ name: String) -> Bool {
        if name.hasSuffix("_FILE") || name.hasSuffix("_BASE_URL") { return false }
        if name == "PGPASSWORD" { return true }
        let isOfAnAPI = name.hasPrefix("PLAID_") || name.hasPrefix("BOND_")
        return isOfAnAPI || Setting.allCases.contains { $0.isSecret && $0.environmentName == name }
    }
}
