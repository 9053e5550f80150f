import ArgumentParser

/// Where settings come from besides flags.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: "A YAML file of settings, named as the flags are.")
    var file: String?

    /// Reads the environment and the file.
    func reader() async throws -> SettingsReader {
        try await SettingsReader(file: file, environment: Surroundings.environment)
    }
}
