/// An error in an engine's own words.
protocol EngineError: Error {
    /// What the engine says.
    var reason: String { get }
    /// Whether the connection to the engine is gone.
    var isLost: Bool { get }
}

extension EngineError {
    var isLost: Bool { false }
}
