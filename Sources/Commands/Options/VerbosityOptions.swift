import ArgumentParser
import Logging

/// How much a command says on standard error.
struct VerbosityOptions: ParsableArguments {
    @Flag(help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .customShort("v"), help: "Say more; repeat for still more.")
    var verbose: Int

    @Option(help: "text or json: the form of what is told on standard error.")
    var logFormat: LogFormat = .text

    /// A logger of the level that was asked for; what is told from now on has the form that was asked for.
    func logger() -> Logger {
        Console.use(logFormat)
        var logger = Logger(label: "relink") { _ in ConsoleLogHandler() }
        logger.logLevel = quiet ? .error : [.notice, .info, .debug, .trace][min(verbose, 3)]
        return logger
    }
}
