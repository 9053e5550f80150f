/// Ends a command with an exit code and a sentence for the person who typed it.
package struct CommandFailure: Error, Equatable {
    /// The exit codes of `sysexits.h` that relink uses, and its own.
    package enum Code: Int32, Sendable {
        case rowsFailed = 1
        case needsAttention = 3
        case usage = 64
        case unusableInput = 65
        case noInput = 66
        case cannotCreate = 73
        case cannotWrite = 74
        case tryLater = 75
        case refused = 77
        case misconfigured = 78
    }

    package let exitCode: Int32
    /// What went wrong and what to do; nothing where all has been said.
    package let message: String?

    init(_ code: Code, _ message: String?) {
        exitCode = code.rawValue
        self.message = message
    }

    init(exitCode: Int32, message: String? = nil) {
        self.exitCode = exitCode
        self.message = message
    }
}
