import Foundation
import Simulator
import Testing

/// A network between the program and Bond that does not do what networks are for.
@Suite("A bad network", .timeLimit(.minutes(5)))
struct NetworkTests {
    @Test("a name that nobody knows: 75, the name, and no row pays for it", arguments: ["BOND", "PLAID"])
    func names(api: String) async throws {
        try await BadDay.with(3) { day in
            let outcome = try await run(day, "https://nobody.invalid", api: api)
            expectUnreachable(outcome, "nobody.invalid")
            #expect(outcome.errors.contains("the name nobody.invalid cannot be looked up"), "\(outcome.errors)")
            try await expectNoCost(day, "no such name")
        }
    }

    @Test("a certificate that is self-signed: 75, and --ca-file is named")
    func selfSigned() async throws {
        try await BadDay.with(3) { day in
            try await BadServer.with(.tls(try Certificates.server(Certificates.selfSigned))) { server in
                let outcome = try await run(day, "https://127.0.0.1:\(server.port)")
                expectUnreachable(outcome, "127.0.0.1:\(server.port)")
                #expect(outcome.errors.contains("certificate is not trusted"), "\(outcome.errors)")
                #expect(outcome.errors.contains("--ca-file"), "\(outcome.errors)")
            }
            try await expectNoCost(day, "self-signed")
        }
    }

    @Test("a certificate that has expired: 75, and the clock is named")
    func expired() async throws {
        try await BadDay.with(3) { day in
            try day.tool.folder.write(Certificates.pem(Certificates.authority), to: "ca.pem")
            try await BadServer.with(.tls(try Certificates.server(Certificates.expired))) { server in
                let outcome = try await run(day, "https://127.0.0.1:\(server.port)", ["--ca-file", "ca.pem"])
                expectUnreachable(outcome, "127.0.0.1:\(server.port)")
                #expect(outcome.errors.contains("expired"), "\(outcome.errors)")
                #expect(outcome.errors.contains("clock"), "\(outcome.errors)")
            }
            try await expectNoCost(day, "expired")
        }
    }

    @Test("TLS spoken to a port that speaks none: 75, and says so")
    func plainPort() async throws {
        try await BadDay.with(3) { day in
            let port = try #require(URL(string: day.tool.environment["BOND_BASE_URL"] ?? "")?.port)
            let posts = day.posts.count
            let outcome = try await run(day, "https://127.0.0.1:\(port)")
            expectUnreachable(outcome, "127.0.0.1:\(port)")
            #expect(outcome.errors.contains("TLS"), "\(outcome.errors)")
            #expect(day.posts.count == posts)
            try await expectNoCost(day, "a plain port")
        }
    }

    @Test("a server that hangs up at once: rows in doubt or untouched, 3 or 75, and settled when it is well again")
    func hangsUp() async throws {
        try await BadDay.with(3) { day in
            try await BadServer.with(.closeAtOnce) { server in
                let outcome = try await run(day, "http://127.0.0.1:\(server.port)")
                #expect([3, 75].contains(outcome.exitCode), "\(outcome.output) \(outcome.errors)")
                #expect(outcome.states("rejected") == 0)
            }
            try await day.expectGoodDay("hangs up")
        }
    }

    @Test("one byte a second: --timeout holds for the whole call, rows in doubt, 3, settled when it is well again")
    func trickle() async throws {
        try await BadDay.with(3) { day in
            let begin = ContinuousClock.now
            try await BadServer.with(.trickle) { server in
                let outcome = try await run(day, "http://127.0.0.1:\(server.port)", ["--timeout", "1s"])
                #expect(outcome.exitCode == 3, "\(outcome.output) \(outcome.errors)")
                #expect(outcome.states("in_doubt") == 3)
                #expect((try outcome.json()["next"] as? String)?.hasPrefix("relink reconcile") == true)
                let report = try await day.tool.run("report", "--state", "in_doubt").output
                #expect(report.contains("no whole answer within 1") || report.contains("listing_failed"), "\(report)")
            }
            #expect(ContinuousClock.now - begin < .seconds(60))
            try await day.expectGoodDay("one byte a second")
        }
    }

    @Test("an answer of 64 MiB: not read to its end, rows in doubt, 3, settled when the server is well again")
    func flood() async throws {
        try await BadDay.with(1) { day in
            let pieces = 64 * 16
            try await BadServer.with(.flood(pieces: pieces)) { server in
                let outcome = try await run(day, "http://127.0.0.1:\(server.port)")
                #expect(outcome.exitCode == 3, "\(outcome.output) \(outcome.errors)")
                #expect(outcome.states("in_doubt") == 1)
                // The POST and the lists after it: what the sockets' own buffers take is a few MiB each.
                let calls = try #require((try outcome.json()["calls"] as? [String: [String: Int]])?["bond"]?["sent"])
                #expect(server.sent.value < calls * pieces / 2, "\(server.sent.value) of \(calls * pieces) pieces")
            }
            try await day.expectGoodDay("64 MiB")
        }
    }

    private func run(
        _ day: BadDay,
        _ url: String,
        _ more: [String] = [],
        api: String = "BOND"
    ) async throws -> Tool.Outcome {
        var tool = day.tool
        tool.environment["\(api)_BASE_URL"] = url
        return try await tool.start(["run", "in.csv"] + BadDay.options + more).end()
    }

    private func expectUnreachable(_ outcome: Tool.Outcome, _ host: String) {
        #expect(outcome.exitCode == 75, "\(outcome.output) \(outcome.errors)")
        #expect(outcome.word == "unavailable")
        #expect(outcome.errors.contains("cannot be reached: no connection to \(host)"), "\(outcome.errors)")
        #expect(outcome.states("in_doubt") == 0)
        #expect(outcome.states("rejected") == 0)
    }

    /// Nothing reached Bond, and the tokens made in the meantime are used.
    private func expectNoCost(_ day: BadDay, _ comment: Comment) async throws {
        #expect(day.posts.count == 1, comment)
        try day.expectNoHarm(comment)
        try await day.expectGoodDay(comment)
        #expect(day.world.counts.tokensMinted == day.sheet.rows.count, comment)
    }
}
