import Foundation
import Simulator

/// Lets the program run against a simulator whose weather turns, and writes down what happened.
struct WeatherStation: Sendable {
    private static let glance = Duration.milliseconds(20)

    private let scenario: WeatherScenario
    private let folder: Scratch

    init(_ scenario: WeatherScenario) throws {
        self.scenario = scenario
        folder = try Scratch()
        try folder.write(scenario.sheet.csv, to: "in.csv")
    }

    /// Runs the scenario to its end.
    func observe() async throws -> WeatherRecord {
        if let closing = scenario.closing { return try await observe(closing) }
        return try await withSimulator(configuration()) { address in
            let isOver = Flag()
            async let turns = turn(address.world, isOver)
            var runs: [EndedRun] = []
            for flags in scenario.runs {
                if !runs.isEmpty { try await wait(until: Date.now + scenario.rest) }
                runs.append(try await run(flags, address))
            }
            isOver.set()
            return try WeatherRecord([address.world], folder, runs, try await turns)
        }
    }

    /// Runs the scenario while the simulator goes away and comes back at the same port.
    ///
    /// Its journal remembers tokens and links meanwhile; the limits begin anew.
    private func observe(_ closing: Range<Double>) async throws -> WeatherRecord {
        let (before, running, closed) = try await withSimulator(configuration()) { address in
            let began = Date.now
            let running = try start(scenario.runs[0], address)
            let first = try await firstCall(address.world) ?? Date.now
            try await wait(until: first + closing.lowerBound)
            return (address, (process: running, began: began), Date.now)
        }
        try await wait(until: closed + (closing.upperBound - closing.lowerBound))
        return try await withSimulator(configuration(port: before.port)) { address in
            let opened = Date.now
            let outcome = try await running.process.end()
            let run = EndedRun(start: running.began, end: Date.now, outcome: outcome)
            return try WeatherRecord([before.world, address.world], folder, [run], [closed, opened])
        }
    }

    private func configuration(port: Int = 0) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration(port: port, logCapacity: 100_000, behaviour: scenario.behaviour)
        if scenario.closing != nil { configuration.journal = folder.path("simulator.jsonl") }
        return configuration
    }

    private func start(_ flags: [String], _ address: SimulatorAddress) throws -> Running {
        try Tool(folder, url: address.url).start(flags)
    }

    private func run(_ flags: [String], _ address: SimulatorAddress) async throws -> EndedRun {
        let began = Date.now
        let running = try start(flags, address)
        let isOver = Flag()
        async let stopped: Void = stopWhenEnough(running, address.world, isOver)
        let outcome = try await running.end()
        isOver.set()
        try await stopped
        return EndedRun(start: began, end: Date.now, outcome: outcome)
    }

    private func stopWhenEnough(_ running: Running, _ world: World, _ isOver: Flag) async throws {
        guard let isEnough = scenario.isEnough else { return }
        try await eventually(every: .milliseconds(250)) { isOver.isSet || isEnough(world) }
        if !isOver.isSet { running.send(SIGINT) }
    }

    /// Turns the weather as forecast, and tells when it did.
    private func turn(_ world: World, _ isOver: Flag) async throws -> [Date] {
        guard !scenario.forecast.isEmpty, let first = try await firstCall(world, unless: isOver) else { return [] }
        var turns: [Date] = []
        for turn in scenario.forecast {
            try await wait(until: first + turn.second, unless: isOver)
            if isOver.isSet { break }
            try world.change { turn.change(&$0) }
            turns.append(Date.now)
        }
        return turns
    }

    private func firstCall(_ world: World, unless isOver: Flag = Flag()) async throws -> Date? {
        try await eventually(every: Self.glance) { isOver.isSet || !world.calls.isEmpty }
        return world.calls.first?.time
    }

    private func wait(until moment: Date, unless isOver: Flag = Flag()) async throws {
        try await eventually(every: Self.glance) { isOver.isSet || Date.now >= moment }
    }
}
