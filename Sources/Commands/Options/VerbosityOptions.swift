import ArgumentParser
import Logging

/// How much a command says on standard error.
struct VerbosityOptions: ParsableArguments {
    @Flag(help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .customShort("v"), help: "Say more; repeat for still more.")
    var verbose: Int

    /// A logger of the level that was asked for.
    func logger() -> Logger {
        var logger = Logger(label: "relink") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = quiet ? .error : [.notice, .info, .debug, .trace][min(verbose, 3)]
        return logger
    }
}
