import ArgumentParser
import Domain
import Ledger

/// `relink control`: steers a run that is going on.
struct ControlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "control",
        abstract: "Steer the run that is working on a ledger.",
        discussion: "Exit codes: 0 done, 64 no such order, 66 no ledger or no run, 75 the run does not answer.",
        subcommands: [Status.self, Pause.self, Resume.self, ChangeRate.self, Stop.self]
    )

    /// What every order needs.
    struct Options: ParsableArguments {
        @OptionGroup var ledger: LedgerOptions
        @OptionGroup var configuration: ConfigurationOptions

        func give(_ order: ControlOrder) async throws {
            try await CommandFailure.translating {
                let path = try ledger.place(try await configuration.reader())
                guard try path.exists() else { throw LedgerError.missing(path: path.description) }
                try Console.write(line: ControlClient(socket: ControlSocket(ledger: path)).ask(order))
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show how far the run is and what it waits for.")
        @OptionGroup var options: Options
        @Flag(help: "Print one document (JSON).")
        var json = false

        func run() async throws { try await options.give(.status(json: json)) }
    }

    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let no more calls leave; those in flight finish.")
        @OptionGroup var options: Options

        func run() async throws { try await options.give(.pause) }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let calls leave again.")
        @OptionGroup var options: Options

        func run() async throws { try await options.give(.resume) }
    }

    struct ChangeRate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rate",
            abstract: "Change the most calls that may leave, until the run ends."
        )
        @Argument(help: ArgumentHelp("plaid=RATE, bond=RATE or both, as plaid=200/min.", valueName: "api=rate"))
        var rates: [String]
        @OptionGroup var options: Options

        func run() async throws {
            guard let rates = ControlOrder.rates(rates) else {
                throw CommandFailure(.usage, "Rates are given as plaid=200/min or bond=10/s, once each.")
            }
            try await options.give(.rate(rates))
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End the run in good order, as its first Ctrl-C does; it exits with 130."
        )
        @OptionGroup var options: Options

        func run() async throws { try await options.give(.stop) }
    }
}
