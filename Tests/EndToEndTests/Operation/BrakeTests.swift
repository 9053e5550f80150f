import Foundation
import Simulator
import Testing

/// A few rows first, and brakes for the rest.
@Suite("A canary", .timeLimit(.minutes(5)))
struct BrakeTests {
    @Test("takes the same share of the rows every time, and says how to go on with the rest")
    func sample() async throws {
        try await BadDay.with(300) { day in
            let first = try await day.run("in.csv", ["--sample", "10%"])
            #expect(first.exitCode == 4, "\(first.errors)")
            #expect(first.word == "limit")
            let attempted = try #require((first.json()["rows"] as? [String: Int])?["attempted"])
            #expect((10...60).contains(attempted))
            #expect(try #require(first.json()["next"] as? String).contains("--sample") == false)
            let posts = day.posts.count
            let again = try await day.run("in.csv", ["--sample", "10%"])
            #expect(again.exitCode == 4)
            #expect(day.posts.count == posts, "the sample is linked already")
            try await day.expectGoodDay("sampled")
        }
    }

    @Test("a share that is none is refused", arguments: ["0%", "101%", "5", "-1%", "x"])
    func noShare(text: String) async throws {
        let tool = Tool(try Scratch(), url: "http://127.0.0.1:1")
        try tool.folder.write("customer_id,account_id,access_token\nc,a,access-sandbox-1\n", to: "in.csv")
        #expect(try await tool.run("run", "in.csv", "--sample=\(text)").exitCode == 64)
    }

    @Test("rates by the time of day begin with the one of now")
    func schedule() async throws {
        try await BadDay.with(40) { day in
            var tool = day.tool
            tool.environment["TZ"] = "UTC"
            let begin = ContinuousClock.now
            // Whatever the time is, both say the same.
            let outcome = try await tool.start(
                ["run", "in.csv", "--bond-rate", "00:00=20/s 12:00=20/s", "--plaid-rate", "unlimited", "--json"]
            ).end()
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("Bond 00:00=20/s 12:00=20/s"))
            #expect(ContinuousClock.now - begin > .seconds(1.5), "40 rows at 20 a second")
            #expect(try await tool.run("run", "in.csv", "--bond-rate", "25:00=1/s").exitCode == 64)
        }
    }
}
