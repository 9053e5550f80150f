import Foundation
import Simulator
import Testing

/// A ledger, the simulator that its runs talk to, and the rows that they are to link.
struct CrashBench: Sendable {
    /// How long a call may last: far longer than any does, also on a machine that is busy.
    private static let timeout = "3s"

    let tool: Tool
    let world: World
    /// What failures are told by.
    var label: String
    var sheet: Sheet
    var concurrency = 8

    init(_ address: SimulatorAddress, _ sheet: Sheet, label: String) throws {
        tool = Tool(try Scratch(), url: address.url)
        world = address.world
        self.sheet = sheet
        self.label = label
    }

    /// The options of every run.
    var options: [String] {
        [
            "run", "in.csv", "--plaid-rate", "unlimited", "--bond-rate", "unlimited", "--settle", "1s", "--timeout",
            Self.timeout, "--concurrency", String(concurrency), "--json",
        ]
    }

    /// Starts a run over all rows.
    func start(fault: String? = nil, record: String? = nil) throws -> Running {
        try tool.folder.write(sheet.csv, to: "in.csv")
        return try start(options, fault: fault, record: record)
    }

    /// Starts the program.
    func start(_ arguments: [String], fault: String?, record: String? = nil) throws -> Running {
        var tool = tool
        tool.environment.merge(try Shim.environment(fault: fault, record: record)) { _, new in new }
        return try tool.start(arguments)
    }

    /// Runs the program to its end, which may be a kill.
    func run(fault: String? = nil, record: String? = nil) async throws -> Tool.Outcome {
        try await start(fault: fault, record: record).end()
    }

    /// Checks what can be checked right after a kill.
    func expectSound(_ figures: inout CrashFigures) throws {
        let aftermath = try Aftermath(of: tool.folder.path("relink.sqlite"))
        #expect(aftermath.integrity == "ok", "\(label)")
        #expect(aftermath.posting <= aftermath.inFlight, "more rows in doubt than calls in flight, \(label)")
        #expect(aftermath.mintsOut <= aftermath.inFlight, "more mints out than calls in flight, \(label)")
        #expect(world.counts.doubleLinks == 0, "an account is linked twice, \(label)")
        figures.note(aftermath)
    }
}
