package import ArgumentParser

/// The program: its name, its commands, and what ends it.
package struct RelinkCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "relink",
        abstract: "Moves stored Plaid connections to Bond: each account once, whatever fails.",
        discussion: """
            Rows of (Plaid access token, Plaid account id, Bond customer id) become Plaid processor tokens, are posted \
            to Bond, and rest in a ledger, so that the same command goes on where it stopped.
            """,
        version: Version.text,
        subcommands: [
            ValidateCommand.self, PlanCommand.self, RunCommand.self, StatusCommand.self, ShowCommand.self,
            ReportCommand.self,
            ReconcileCommand.self, ResolveCommand.self, ErrorsCommand.self, SimulateCommand.self, LedgerCommand.self,
            DoctorCommand.self, ControlCommand.self, AccountsCommand.self, AdoptCommand.self, LinkCommand.self,
            ItemsCommand.self, TokensCommand.self, CutoverCommand.self, ConfigCommand.self,
        ]
    )

    package init() {}

    /// Runs the command line and never returns.
    package static func launch() async -> Never {
        do {
            if let failure = CommandFinder.failure(Surroundings.arguments) { throw failure }
            var command = try parseAsRoot()
            tellOfUnknownVariables()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit()
        } catch let failure as CommandFailure {
            if let message = failure.message { Console.tell("relink: \(message)", event: .problem) }
            exit(withError: ExitCode(failure.exitCode))
        } catch {
            exit(withError: error)
        }
    }

    private static func tellOfUnknownVariables() {
        guard !Surroundings.arguments.contains("--quiet") else { return }
        for warning in UnknownVariables.warnings(Surroundings.environment) { Console.tell("relink: \(warning)") }
    }
}
