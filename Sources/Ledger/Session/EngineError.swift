/// An error in an engine's own words.
protocol EngineError: Error {
    /// What the engine says.
    var reason: String { get }
}
