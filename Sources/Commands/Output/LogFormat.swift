import ArgumentParser

/// The form of what is told on standard error.
enum LogFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    case text
    case json
}
