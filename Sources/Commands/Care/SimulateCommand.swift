import ArgumentParser
import Foundation
import NIOCore
import Simulator

/// `relink simulate`: Plaid and Bond on loopback, with faults.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Imitate Plaid and Bond on loopback, with faults on demand.",
        discussion: """
            Credentials are the standard ones, printed at the start. Answers are chosen by magic access tokens, a \
            scenario file, or fault rates; GET /admin/answers lists them, GET /admin/counts tells what happened. \
            POST /admin/items breaks and heals connections, POST /admin/link_sessions ends a session of Link.
            """
    )

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 8_080

    @Option(help: "Write the address to this file once connections are accepted.")
    var readyFile: String?

    @Option(help: "Keep tokens, links, Items and sessions in this file through a restart.")
    var journal: String?

    @Option(help: "A JSON file of answers laid down beforehand.")
    var scenario: String?

    @Option(help: "A JSON file of behaviour, as POST /admin/faults takes it: limits, latencies, fault rates.")
    var behaviour: String?

    @Option(help: "Where faults are drawn from.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535.") }
    }

    func run() async throws {
        do {
            let simulator = try Simulator(configuration: configuration())
            try await simulator.run { port in announce(port) }
        } catch let error as SimulatorError {
            throw CommandFailure(.misconfigured, "The simulator cannot start: \(error)")
        } catch let error as IOError {
            throw CommandFailure(.tryLater, "The simulator cannot listen at port \(port): \(error.description)")
        }
    }

    private func announce(_ port: Int) {
        let url = "http://127.0.0.1:\(port)"
        let credentials = SimulatorConfiguration.Credentials.standard
        Console.tell(
            """
            The simulator listens at \(url). For another terminal:
            export PLAID_BASE_URL=\(url) BOND_BASE_URL=\(url) RELINK_ENV=simulator
            export PLAID_CLIENT_ID=\(credentials.plaidClientID) PLAID_SECRET=\(credentials.plaidSecret)
            export BOND_IDENTITY=\(credentials.bondIdentity) BOND_AUTHORIZATION=\(credentials.bondAuthorization)
            """
        )
        guard let readyFile else { return }
        do {
            let file = try AtomicFile(readyFile, sparing: filesRead)
            try file.write(Array((url + "\n").utf8))
            try file.complete()
        } catch {
            Console.tell("relink: \(readyFile) cannot be written: \(error)")
        }
    }

    private var filesRead: FilesRead {
        var files = FilesRead()
        for path in [scenario, behaviour, journal].compactMap(\.self) { files.add(path, "in use by this command") }
        return files
    }

    private func configuration() throws -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration(port: port, seed: seed, journal: journal)
        if let scenario { configuration.scenario = try read(scenario) { try Scenario(parsing: $0) } }
        if let behaviour {
            configuration.behaviour = try read(behaviour) {
                try SimulatorBehaviour().merging(parsing: $0)
            }
        }
        return configuration
    }

    private func read<Value>(_ path: String, _ parse: (Data) throws -> Value) throws -> Value {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.noInput, "\(path) cannot be read: \(ReadingFault.opening(path) ?? "it is no file").")
        }
        do {
            return try parse(data)
        } catch {
            throw CommandFailure(.misconfigured, "\(path) cannot be used: \(error)")
        }
    }
}
