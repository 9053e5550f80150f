import Foundation
import Simulator
import Testing

@Suite("The doctor", .timeLimit(.minutes(5)))
struct DoctorTests {
    /// The verdict and detail of each check by its name.
    private typealias Checks = [String: (verdict: String, detail: String)]

    @Test("a good set-up: both APIs answer, and a ledger with a link proves the integration")
    func good() async throws {
        try await BadDay.with(1) { day in
            let outcome = try await day.tool.run("doctor", "--json")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let checks = try Self.checks(outcome)
            for name in [
                "ledger rows", "ledger owner", "disk", "configuration", "plaid", "bond", "clock bond",
                "bond integration",
            ] {
                #expect(checks[name]?.verdict == "ok", "\(name): \(checks)")
            }
            #expect(checks["credential plaid-secret"]?.detail.contains("PLAID_SECRET") == true)
            #expect(checks["bond integration"]?.detail.contains("Bond linked") == true)
            for secret in ["PLAID_SECRET", "BOND_AUTHORIZATION"].compactMap({ day.tool.environment[$0] }) {
                #expect(!outcome.output.contains(secret))
            }
            // The calls make nothing.
            #expect(day.world.counts.tokensMinted == 1)
            #expect(day.posts.count == 1)
        }
    }

    @Test("without a ledger: fine where a run would make it, 66 where it was named")
    func noLedger() async throws {
        try await withSimulator { address in
            let tool = Tool(try Scratch(), url: address.url)
            let outcome = try await tool.run("doctor", "--json")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(try Self.checks(outcome)["bond integration"]?.verdict == "warn")
            #expect(try await tool.run("doctor", "--ledger", "named.sqlite").exitCode == 66)
            #expect(try await Tool(try Scratch()).run("doctor").exitCode == 66)
            #expect(!FileManager.default.fileExists(atPath: tool.folder.path("relink.sqlite")))
        }
    }

    @Test("without credentials the ledger is checked, and what is left out is said")
    func noCredentials() async throws {
        try await BadDay.with(1) { day in
            let outcome = try await Tool(day.tool.folder).run("doctor", "--json")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let checks = try Self.checks(outcome)
            #expect(checks["ledger rows"]?.verdict == "ok")
            #expect(checks["plaid"]?.detail.contains("no credentials are set") == true)
        }
    }

    @Test(
        "wrong credentials: 77, and which",
        arguments: [("PLAID_SECRET", "plaid"), ("BOND_AUTHORIZATION", "bond"), ("BOND_IDENTITY", "bond")]
    )
    func refused(name: String, check: String) async throws {
        try await withSimulator { address in
            var tool = Tool(try Scratch(), url: address.url)
            tool.environment[name] = "wrong-" + name
            let outcome = try await tool.run("doctor", "--json")
            #expect(outcome.exitCode == 77, "\(outcome.errors)")
            let checks = try Self.checks(outcome)
            #expect(checks[check]?.verdict == "fail", "\(checks)")
            #expect(checks[check == "plaid" ? "bond" : "plaid"]?.verdict == "ok", "\(checks)")
            #expect(!outcome.output.contains("wrong-" + name))
        }
    }

    @Test("a missing credential: 78, and its file that others can read is a warning")
    func credentials() async throws {
        try await withSimulator { address in
            var tool = Tool(try Scratch(), url: address.url)
            let secret = try #require(tool.environment["PLAID_SECRET"])
            tool.environment["PLAID_SECRET"] = nil
            let missing = try await tool.run("doctor", "--json")
            #expect(missing.exitCode == 78, "\(missing.errors)")
            #expect(try Self.checks(missing)["credential plaid-secret"]?.verdict == "fail")
            try tool.folder.write(secret, to: "secret")
            tool.environment["PLAID_SECRET_FILE"] = "secret"
            for (mode, verdict) in [(0o644, "warn"), (0o600, "ok")] {
                try FileManager.default.setAttributes(
                    [.posixPermissions: mode],
                    ofItemAtPath: tool.folder.path("secret")
                )
                let outcome = try await tool.run("doctor", "--json")
                #expect(outcome.exitCode == 0, "\(outcome.errors)")
                #expect(try Self.checks(outcome)["credential plaid-secret"]?.verdict == verdict)
            }
        }
    }

    @Test("a clock that differs: a warning beyond 5 s, 78 beyond a minute", arguments: [(30.0, 0), (-90.0, 78)])
    func clock(offset: Double, exitCode: Int32) async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.clockOffset = offset
        try await withSimulator(configuration) { address in
            let outcome = try await Tool(try Scratch(), url: address.url).run("doctor", "--json")
            #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
            let check = try Self.checks(outcome)["clock bond"]
            #expect(check?.verdict == (exitCode == 0 ? "warn" : "fail"))
            #expect(check?.detail.contains(offset < 0 ? "ahead of" : "behind") == true)
        }
    }

    @Test("nobody at the address, or trouble there: 75; --offline does not ask")
    func unreachable() async throws {
        let tool = Tool(try Scratch(), url: "http://127.0.0.1:9")
        let outcome = try await tool.run("doctor", "--json")
        #expect(outcome.exitCode == 75, "\(outcome.errors)")
        #expect(try Self.checks(outcome)["plaid"]?.verdict == "fail")
        #expect(try await tool.run("doctor", "--offline").exitCode == 0)
        var configuration = SimulatorConfiguration()
        configuration.behaviour.faults = [.check: ["bond-503-always": 1]]
        try await withSimulator(configuration) { address in
            let outcome = try await Tool(try Scratch(), url: address.url).run("doctor", "--json")
            #expect(outcome.exitCode == 75, "\(outcome.errors)")
            #expect(try Self.checks(outcome)["bond"]?.verdict == "fail")
        }
    }

    @Test("a ledger of another environment or client: 78; a flag that cannot be read: 64")
    func misconfigured() async throws {
        try await BadDay.with(1) { day in
            let other = try await day.tool.run("doctor", "--json", "--env", "simulator")
            #expect(other.exitCode == 78)
            #expect(try Self.checks(other)["ledger owner"]?.verdict == "fail")
            var tool = day.tool
            tool.environment["PLAID_CLIENT_ID"] = "somebody-else"
            let foreign = try await tool.run("doctor", "--json", "--offline")
            #expect(foreign.exitCode == 78)
            #expect(try Self.checks(foreign)["ledger owner"]?.detail.contains("client") == true)
            let bad = try await day.tool.run("doctor", "--json", "--timeout", "soon")
            #expect(bad.exitCode == 64)
            #expect(try Self.checks(bad)["configuration"]?.detail.contains("soon") == true)
        }
    }

    @Test("the simulator in the process needs no credentials")
    func simulator() async throws {
        let outcome = try await Tool(try Scratch()).run("doctor", "--env", "simulator")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("Bond answers and takes the credentials"))
    }

    private static func checks(_ outcome: Tool.Outcome) throws -> Checks {
        let list = try outcome.json()["checks"] as? [[String: Any]] ?? []
        let pairs = list.map { check in
            (
                check["name"] as? String ?? "",
                (verdict: check["verdict"] as? String ?? "", detail: check["detail"] as? String ?? "")
            )
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
