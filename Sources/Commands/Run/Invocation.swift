import Ledger

/// The command line as it was typed, to be shown again.
struct Invocation: Sendable, Equatable {
    /// The words after the program's name, without a password in the URL of a ledger.
    let arguments: [String]

    init(arguments: [String]) {
        self.arguments = arguments.map(LedgerPlace.withoutPassword)
    }

    /// The command with what a shell needs quoted.
    var command: String {
        (["relink"] + arguments).map(Self.quoted).joined(separator: " ")
    }

    /// The same command line with another command's name in the place of the first word.
    func renamed(_ command: String) -> Invocation {
        Invocation(arguments: [command] + arguments.dropFirst())
    }

    /// The same command line with more at its end.
    func adding(_ words: [String]) -> Invocation {
        Invocation(arguments: arguments + words)
    }

    /// The same command line without a flag.
    func leavingOut(flag: String) -> Invocation {
        Invocation(arguments: arguments.filter { $0 != flag })
    }

    /// The same command line without an option and its value.
    func leavingOut(_ option: String) -> Invocation {
        var kept: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == option {
                _ = rest.popFirst()
            } else if !argument.hasPrefix(option + "=") {
                kept.append(argument)
            }
        }
        return Invocation(arguments: kept)
    }

    /// The same command line without what whoever reads the ledger or a ticket need not know: the address of the alarm.
    var shareable: Invocation { leavingOut("--heartbeat") }

    /// The options that another command needs to work on the same ledger and servers.
    static let lasting: Set<String> = [
        "--ledger", "--env", "--plaid-url", "--bond-url", "--ca-file", "--config", "--settle", "--bond-rate",
    ]

    /// The command with another verb in the place of `run INPUT…`, for the same ledger and servers.
    func command(_ words: [String], keeping options: Set<String>) -> String {
        var kept: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let name = String(argument.prefix { $0 != "=" })
            guard options.contains(name) else { continue }
            kept.append(argument)
            if !argument.contains("="), let value = rest.popFirst() { kept.append(value) }
        }
        return (["relink"] + words + kept).map(Self.quoted).joined(separator: " ")
    }

    private static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,@%+".contains($0) }
        return isPlain
            ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
