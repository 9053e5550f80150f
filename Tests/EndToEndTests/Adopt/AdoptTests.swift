import Foundation
import Simulator
import Testing

@Suite("relink adopt", .timeLimit(.minutes(5)))
struct AdoptTests {
    @Test(
        "asks for what it needs",
        arguments: [
            ([], 64, "Missing expected argument"),
            (["links.csv", "--map", "token=x", "--new-ledger"], 64, "FIELD=COLUMN"),
            (["links.csv"], 66, "--new-ledger"), (["nowhere.csv", "--new-ledger"], 66, "nowhere.csv"),
            (["rows.csv", "--new-ledger"], 65, "linked_account_id"),
            (["links.csv", "--dry-run"], 66, "There is no ledger at /"),
            (["links.csv", "-", "-", "--new-ledger"], 64, "only once"),
        ] as [([String], Int32, String)]
    )
    func usage(arguments: [String], code: Int32, part: String) async throws {
        try await AdoptionBench.with(1) { bench in
            let outcome = try await bench.adopt(arguments)
            #expect(outcome.exitCode == code, "\(outcome.errors)")
            #expect(outcome.errors.contains(part), "\(outcome.errors)")
            #expect(bench.world.calls.isEmpty, "before anything is sent")
            #expect(!FileManager.default.fileExists(atPath: bench.tool.folder.path("relink.sqlite")))
        }
    }

    @Test("what scripts have linked comes into a new ledger, and no run makes it again; show tells how it came")
    func whole() async throws {
        try await AdoptionBench.with(6, customers: 3) { bench in
            let preview = try await bench.adopt(["links.csv", "--new-ledger", "--dry-run", "--json"])
            #expect(preview.exitCode == 2, "\(preview.errors)")
            #expect(try preview.json()["to_adopt"] as? Int == 6)
            #expect(bench.world.calls.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: bench.tool.folder.path("relink.sqlite")))
            let outcome = try await bench.adopt(["links.csv", "--new-ledger", "--json"])
            #expect(outcome.exitCode == 0, "\(outcome.output) \(outcome.errors)")
            #expect(outcome.links("adopted") == 6)
            #expect(bench.world.calls.map(\.operation) == [.list, .list, .list], "one list for each customer")
            #expect(try bench.tool.folder.mode("relink.sqlite") == 0o600)
            let again = try await bench.adopt(["links.csv", "--json"])
            #expect(again.links("already_linked") == 6, "\(again.errors)")
            #expect(bench.world.calls.count == 3, "nothing is confirmed twice")
            let forecast = try await bench.adopt(["links.csv", "--dry-run"])
            #expect(forecast.exitCode == 0)
            #expect(forecast.output.contains("6 in the ledger already"))
            let run = try await bench.run()
            #expect(run.exitCode == 0, "\(run.errors)")
            #expect(bench.world.calls.count == 3, "a run sends nothing for them")
            #expect(bench.world.counts.linksCreated == 6)
            let show = try await bench.tool.run("show", bench.sheet.rows[0].customer)
            #expect(show.output.contains("from links.csv:2"), "\(show.output)")
            #expect(show.output.contains("adopt"))
            let mapping = try await bench.tool.run("report", "--mapping")
            #expect(bench.links.allSatisfy { mapping.output.contains($0) })
            #expect(try await bench.tool.run("doctor", "--offline", "--ledger", "relink.sqlite").exitCode == 0)
            let audit = try await bench.tool.start(["reconcile", "--all"] + AdoptionBench.options).end()
            #expect(audit.exitCode == 0, "both sides are the same: \(audit.output)")
        }
    }

    @Test("each line that is not adopted says why, stops no other, and is exit 1")
    func refusals() async throws {
        try await AdoptionBench.with(4) { bench in
            let (rows, links) = (bench.sheet.rows, bench.links)
            let gone = UUID().uuidString.lowercased()
            let lines = [
                "\(rows[0].customer),\(rows[0].account),\(links[0]),",
                "\(rows[1].customer),\(rows[1].account),\(links[0]),",
                "\(rows[1].customer),\(rows[1].account),\(gone),",
                "\(rows[2].customer),\(links[2]),\(links[2]),", "\(rows[3].customer),,\(links[3]),",
                "\(rows[0].customer),\(rows[0].account)x,\(links[0]),",
            ]
            let text = "customer_id,account_id,linked_account_id,mask\n" + lines.joined(separator: "\n") + "\n"
            let outcome = try await bench.adopt(["-", "--new-ledger", "--json"], input: text)
            #expect(outcome.exitCode == 1, "\(outcome.errors)")
            let counts = try #require(try outcome.json()["links"] as? [String: Int])
            #expect(counts.filter { $0.value > 0 } == ["adopted": 1, "not_listed": 2, "refused": 2], "\(counts)")
            #expect(try outcome.json()["invalid"] as? Int == 1)
            for part in ["-:3: not_listed", "-:4: not_listed", "-:5: refused", "-:6:", "-:7: refused", "from -:2"] {
                #expect(outcome.errors.contains(part), "\(part) in \(outcome.errors)")
            }
            #expect(try bench.strings("SELECT account_id FROM links") == [rows[0].account])
            let other = try await bench.adopt(["links.csv", "--exclude", "links.csv", "--json"])
            #expect(try other.json()["excluded"] as? Int == 4)
            #expect(try await bench.adopt(["links.csv", "--min-rows", "9"]).exitCode == 65)
        }
    }

    @Test("columns go by other names, and what is set for a run's columns is no hindrance")
    func columns() async throws {
        try await AdoptionBench.with(2) { bench in
            let lines = bench.sheet.rows.indices.map { at in
                #"{"owner":{"id":"\#(bench.sheet.rows[at].customer)"},"account_id":"\#(bench.sheet.rows[at].account)","#
                    + #""bond_link":"\#(bench.links[at])"}"#
            }
            try bench.tool.folder.write(lines.joined(separator: "\n"), to: "links.jsonl")
            try bench.tool.folder.write("map:\n  access_token: plaid_token\n  customer_id: owner.id\n", to: "run.yaml")
            let words = ["links.jsonl", "--new-ledger", "--json", "--config", "run.yaml"]
            let missing = try await bench.adopt(words)
            #expect(missing.exitCode == 1, "each line says so: \(missing.errors)")
            #expect(try missing.json()["invalid"] as? Int == 2)
            try bench.tool.folder.write(
                "map:\n  access_token: plaid_token\n  customer_id: owner.id\n  linked_account_id: bond_link\n",
                to: "adopt.yaml"
            )
            let outcome = try await bench.adopt(["links.jsonl", "--json", "--config", "adopt.yaml"])
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(outcome.links("adopted") == 2)
        }
    }

    @Test("a row that a run has left becomes linked, and one that it linked otherwise is told")
    func afterARun() async throws {
        let rules = [Scenario.Rule(.link, answers: ["bond-400-error"])]
        try await AdoptionBench.with(2, SimulatorConfiguration(scenario: Scenario(rules: rules))) { bench in
            let run = try await bench.tool.start(
                ["run", "rows.csv", "--plaid-rate", "unlimited"] + AdoptionBench.options
            )
            .end()
            #expect(run.exitCode != 0, "\(run.errors)")
            let left = try bench.strings("SELECT account_id FROM links WHERE state <> 'linked'")
            #expect(left.count == 1)
            let outcome = try await bench.adopt(["links.csv", "--json"])
            #expect(outcome.exitCode == 1)
            #expect(outcome.links("adopted") == 1)
            #expect(outcome.links("refused") == 1)
            #expect(outcome.errors.contains("of two links of one account, remove one"), "\(outcome.errors)")
            #expect(try bench.strings("SELECT state FROM links") == ["linked", "linked"])
            #expect(try bench.strings("SELECT id FROM links WHERE token IS NOT NULL").isEmpty)
        }
    }

    @Test(
        "a list that cannot be had ends with its code, and the same command goes on",
        arguments: [
            ("bond-401", 77), ("bond-403", 77), ("bond-customer-dne", 1), ("bond-503-before", 75), ("bond-html", 75),
        ] as [(String, Int32)]
    )
    func lists(answer: String, code: Int32) async throws {
        let rules = [Scenario.Rule(.list, answers: [answer], then: .repeat)]
        try await AdoptionBench.with(1, SimulatorConfiguration(scenario: Scenario(rules: rules))) { bench in
            let outcome = try await bench.adopt(["links.csv", "--new-ledger", "--json"])
            #expect(outcome.exitCode == code, "\(outcome.errors)")
            #expect(try outcome.json()["exit_code"] as? Int == Int(code))
            let next = try #require(try outcome.json()["next"] as? String)
            #expect(next.hasPrefix("relink adopt links.csv") && !next.contains("--new-ledger"))
            #expect(try bench.strings("SELECT id FROM links").isEmpty)
        }
    }

    @Test("a signal ends it in good order, and the same command finishes; until then nobody else writes the ledger")
    func interrupted() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.bondLatency = 0.1...0.2
        try await AdoptionBench.with(30, configuration) { bench in
            let words = ["adopt", "links.csv", "--new-ledger", "--json", "--concurrency", "2"] + AdoptionBench.options
            let running = try bench.tool.start(words)
            try await eventually { bench.world.calls.count >= 4 }
            let other = try await bench.tool.start(["adopt", "links.csv"] + AdoptionBench.options).end()
            #expect(other.exitCode == 75, "\(other.errors)")
            running.send(SIGINT)
            let outcome = try await running.end()
            #expect(outcome.exitCode == 130, "\(outcome.errors)")
            let done = try #require(outcome.links("adopted"))
            #expect(done > 0 && done < 30)
            #expect(try bench.strings("SELECT count(*) FROM links WHERE state = 'linked'") == ["\(done)"])
            let next = ["adopt", "links.csv", "--json", "--concurrency", "2"] + AdoptionBench.options
            #expect(try outcome.json()["next"] as? String == "relink " + next.joined(separator: " "))
            let last = try await bench.tool.start(next).end()
            #expect(last.exitCode == 0, "\(last.errors)")
            #expect(last.links("already_linked") == done)
            #expect(last.links("adopted") == 30 - done)
        }
    }

    @Test("keeps to the rate that was given")
    func rate() async throws {
        try await AdoptionBench.with(10) { bench in
            let words = ["adopt", "links.csv", "--new-ledger", "--bond-rate", "4/s", "--json"]
            let outcome = try await bench.tool.start(words).end()
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let times = bench.world.calls.map(\.time).sorted()
            #expect(times.count == 10)
            let span = (times.last ?? .distantPast).timeIntervalSince(times.first ?? .distantFuture)
            #expect(span > 1.8, "9 gaps of 255 ms, of which a loaded machine may swallow the first")
        }
    }

    @Test("another client's or environment's ledger is refused")
    func otherLedgers() async throws {
        try await AdoptionBench.with(1) { bench in
            let first = try await bench.adopt(["links.csv", "--new-ledger"])
            #expect(first.exitCode == 0, "\(first.errors)")
            var tool = bench.tool
            tool.environment["PLAID_CLIENT_ID"] = "somebody-else"
            let client = try await tool.run("adopt", "links.csv")
            #expect(client.exitCode == 78)
            let environment = try await bench.tool.run("adopt", "links.csv", "--env", "production")
            #expect(environment.exitCode == 78)
        }
    }

    @Test("no secret of Bond's list reaches output or ledger")
    func secrets() async throws {
        try await AdoptionBench.with(1) { bench in
            let outcome = try await bench.adopt(["links.csv", "--new-ledger", "-vvv"])
            #expect(outcome.exitCode == 0)
            let secrets = [
                SimulatorConfiguration.listedAccessToken, SimulatorConfiguration.listedAccountNumber,
                bench.tool.environment["BOND_AUTHORIZATION"] ?? "", bench.tool.environment["PLAID_SECRET"] ?? "",
            ]
            for secret in secrets {
                #expect(!outcome.output.contains(secret) && !outcome.errors.contains(secret))
                for (name, bytes) in try bench.tool.folder.contents() {
                    #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
                }
            }
        }
    }
}
