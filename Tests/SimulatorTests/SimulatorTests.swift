import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Simulator
import Testing

@Suite struct SimulatorTests {
    @Test func stopsWhileACallIsHanging() async throws {
        let configuration = SimulatorConfiguration(
            scenario: Scenario(rules: [.init(.check, answers: ["bond-hang-before"])])
        )
        let simulator = try Simulator(configuration: configuration)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await simulator.run { port.yield($0) } }
            let number = await ports.first { _ in true } ?? 0
            async let answer = Self.check(port: number, configuration.credentials)
            while simulator.world.calls.isEmpty { await Task.yield() }
            group.cancelAll()
            await group.waitForAll()
            #expect(await answer == nil)
        }
    }

    /// The status of a key check; nil where none came.
    private static func check(port: Int, _ credentials: SimulatorConfiguration.Credentials) async -> UInt? {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/api/v0.1/auth/key/\(credentials.bondIdentity)")
        request.headers = ["Identity": credentials.bondIdentity, "Authorization": credentials.bondAuthorization]
        return try? await HTTPClient.shared.execute(request, timeout: .seconds(60)).status.code
    }

    @Test func aTakenPortIsAnError() async throws {
        try await withSimulator { first in
            _ = try await #require(throws: (any Error).self) {
                try await withSimulator(SimulatorConfiguration(port: first.port)) { _ in }
            }
        }
    }

    @Test func theErrorOfTheBodyIsThrown() async throws {
        struct Expected: Error {}
        await #expect(throws: Expected.self) {
            try await withSimulator { _ in throw Expected() }
        }
    }
}
