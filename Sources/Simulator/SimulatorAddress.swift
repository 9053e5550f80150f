/// Where a running simulator is found.
package struct SimulatorAddress: Sendable {
    /// The port it listens on.
    package let port: Int
    /// The base of every URL, without a slash at the end.
    package let url: String
    /// What it remembers.
    package let world: World
}

/// Runs a simulator while `body` runs and stops it afterwards.
///
/// Throws what `body` throws, and what keeps the simulator from starting.
@discardableResult
package func withSimulator<Result>(
    _ configuration: SimulatorConfiguration = SimulatorConfiguration(),
    environment: SimulatorEnvironment = .live,
    _ body: (SimulatorAddress) async throws -> Result
) async throws -> Result {
    let simulator = try Simulator(configuration: configuration, environment: environment)
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { port.finish() }
            try await simulator.run { port.yield($0) }
        }
        defer { group.cancelAll() }
        guard let port = await ports.first(where: { _ in true }) else {
            try await group.next()
            throw SimulatorError.notStarted
        }
        return try await body(
            SimulatorAddress(port: port, url: "http://\(configuration.host):\(port)", world: simulator.world)
        )
    }
}
