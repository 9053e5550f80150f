import Foundation
import Simulator
import Testing

@Suite("relink accounts remove", .timeLimit(.minutes(5)))
struct AccountsRemoveTests {
    @Test(
        "asks for what it needs",
        arguments: [
            (["remove"], 64, "--customer"), (["remove", "l"], 64, "--customer"),
            (["remove", "--customer", "c"], 64, "Give links"), (["remove", "l", "--customer", ""], 64, "empty"),
            (["remove", "l", "--file", "in.csv"], 64, "--file"),
            (["remove", "--file", "in.csv", "--business"], 64, "--file"),
            (["remove", "l", "--customer", "c"], 64, "--yes"), (["remove", "--file", "map.csv"], 64, "--yes"),
            (["remove", "l", "--customer", "c", "--yes", "--delete-form", "soap"], 64, "sdk, guide or card"),
            (["remove", "l", "--customer", "c", "--yes", "--ledger", "no.sqlite"], 66, "no.sqlite"),
            (["remove", "--file", "nowhere.csv", "--yes"], 66, "nowhere.csv"),
            (["remove", "--file", "in.csv", "--yes"], 65, "linked_account_id"),
            (["remove", "l", "--customer", "c", "--yes", "--env", "production"], 78, "belongs to the sandbox"),
        ] as [([String], Int32, String)]
    )
    func usage(arguments: [String], code: Int32, part: String) async throws {
        try await AccountsBench.with { bench in
            try bench.tool.folder.write("customer_id,linked_account_id\n\(bench.customer()),l\n", to: "map.csv")
            let calls = bench.world.callCount
            let outcome = try await bench.run(arguments)
            #expect(outcome.exitCode == code, "\(outcome.errors)")
            #expect(outcome.errors.contains(part), "\(outcome.errors)")
            #expect(bench.world.callCount == calls, "before anything is sent")
        }
    }

    @Test("a list of links that turns out to be none ends with its code, and nothing is sent")
    func unusableInput() async throws {
        try await AccountsBench.with { bench in
            let outcome = try await bench.run(["remove", "--file", "-", "--yes", "--json"], input: "a,b\n1,2\n")
            #expect(outcome.exitCode == 65, "\(outcome.errors)")
            #expect(try outcome.json()["exit_code"] as? Int == 65)
            #expect(outcome.errors.contains("linked_account_id"))
            #expect(bench.removals.isEmpty)
        }
    }

    @Test("another Plaid client's ledger is refused, and one that is in use is left alone")
    func otherLedgers() async throws {
        try await AccountsBench.with { bench in
            var tool = bench.tool
            tool.environment["PLAID_CLIENT_ID"] = "somebody-else"
            let link = try bench.link()
            let other = try await tool.run("accounts", "remove", link, "--customer", bench.customer(), "--yes")
            #expect(other.exitCode == 78, "\(other.errors)")
            #expect(try await tool.run("accounts", "list", bench.customer()).exitCode == 78)
            try bench.world.change { $0.faults = [.link: ["bond-hang-before": 1]] }
            try bench.tool.folder.write(Sheet(1).csv, to: "more.csv")
            let run = try bench.tool.start(["run", "more.csv", "--timeout", "60s"])
            try await eventually { bench.world.calls.contains { $0.answer == "bond-hang-before" } }
            let locked = try await bench.remove()
            #expect(locked.exitCode == 75)
            #expect(locked.errors.contains("in use"))
            run.send(SIGKILL)
            _ = try await run.end()
            #expect(bench.removals.isEmpty)
        }
    }

    @Test("a preview sends nothing but a question")
    func dryRun() async throws {
        try await AccountsBench.with { bench in
            let arguments = ["remove", try bench.link(), "unknown", "--customer", bench.customer(), "--dry-run"]
            let outcome = try await bench.run(arguments)
            #expect(outcome.exitCode == 2, "\(outcome.errors)")
            #expect(outcome.output.contains("1 link of 2 to remove"))
            #expect(outcome.output.contains("unknown"))
            #expect(outcome.output.contains("be left alone"))
            #expect(try await bench.run(arguments + ["--json"]).json()["to_remove"] as? Int == 1)
            #expect(try await bench.run(["remove", "x", "--customer", bench.customer(), "--dry-run"]).exitCode == 0)
            #expect(bench.removals.isEmpty)
            #expect(try bench.strings("SELECT outcome FROM removals").isEmpty)
        }
    }

    @Test(
        "is refused, or undone by nobody: each answer of Bond's with its code",
        arguments: [
            ("bond-401", 77, "refused"), ("bond-403", 77, "refused"), ("bond-redirect", 77, "refused"),
            ("bond-400-error", 1, "refused"), ("bond-404", 1, "refused"), ("bond-unknown-code", 1, "refused"),
            ("bond-503-always", 3, "unsettled"), ("bond-424", 3, "unsettled"),
        ] as [(String, Int32, String)]
    )
    func refusals(answer: String, code: Int32, outcome: String) async throws {
        let rules = [Scenario.Rule(.remove, answers: [answer], then: .repeat)]
        try await AccountsBench.with(1, SimulatorConfiguration(scenario: Scenario(rules: rules))) { bench in
            let result = try await bench.remove(0, ["--json"])
            #expect(result.exitCode == code, "\(result.errors)")
            #expect(result.links(outcome) == 1, "\(result.output)")
            #expect(try result.json()["next"] as? String != nil)
            #expect(bench.world.counts.linksActive == 1)
            #expect(try bench.strings("SELECT state FROM links") == ["linked"])
        }
    }

    @Test(
        "comes to its end whatever happens on the way",
        arguments: [
            ["normal"], ["bond-429", "bond-429-seconds", "normal"], ["bond-500-before"], ["bond-503-after"],
            ["bond-reset-before"], ["bond-reset-after"], ["bond-hang-after"], ["bond-truncated"], ["bond-empty"],
            ["bond-body-500"], ["bond-no-id"], ["bond-html"],
        ]
    )
    func weather(answers: [String]) async throws {
        let rules = [Scenario.Rule(.remove, answers: answers)]
        try await AccountsBench.with(1, SimulatorConfiguration(scenario: Scenario(rules: rules))) { bench in
            let timeout = answers == ["bond-hang-after"] ? ["--timeout", "3s"] : []
            let result = try await bench.remove(0, ["--json"] + timeout)
            #expect(result.exitCode == 0, "\(result.output) \(result.errors)")
            #expect(result.links("removed") == 1)
            #expect(bench.world.counts.linksActive == 0)
            #expect(try bench.strings("SELECT state FROM links") == ["unlinked"])
            #expect(try bench.strings("SELECT outcome FROM removals ORDER BY id").last == "removed")
            let sent = bench.removals.count
            #expect(try await bench.remove(0, ["--json"]).links("already_removed") == 1)
            #expect(bench.removals.count == sent, "what is done is not done again")
        }
    }

    @Test("by each of the three forms: flag, variable, file", arguments: ["sdk", "guide", "card"])
    func forms(form: String) async throws {
        try await AccountsBench.with(3) { bench in
            let card = form == "card" ? ["--card-account", UUID().uuidString.lowercased()] : []
            #expect(try await bench.remove(0, ["--delete-form", form] + card).exitCode == 0)
            var tool = bench.tool
            tool.environment["RELINK_DELETE_FORM"] = form
            let variable = ["accounts", "remove", try bench.link(1), "--customer", bench.customer(1), "--yes"]
            #expect(try await tool.start(variable + card + AccountsBench.options).end().exitCode == 0)
            try bench.tool.folder.write("delete-form: \(form)\n", to: "relink.yaml")
            #expect(try await bench.remove(2, ["--config", "relink.yaml"] + card).exitCode == 0)
            let paths = Set(bench.removals.map { $0.path.split(separator: "/").prefix(2).joined(separator: "/") })
            #expect(paths == [form == "guide" ? "api/v0.1" : "api/v0"])
            #expect(bench.removals.allSatisfy { $0.path.contains("external_accounts") == (form == "card") })
            #expect(bench.world.counts.linksActive == 0)
        }
    }

    @Test("show, report and a later run tell of it; only --retry unlinked links again")
    func afterwards() async throws {
        try await AccountsBench.with { bench in
            #expect(try await bench.remove().exitCode == 0)
            let show = try await bench.tool.run("show", bench.customer())
            #expect(show.output.contains("removed_on_request"))
            #expect(show.output.contains("remove  ok"))
            let report = try await bench.tool.run("report", "--format", "csv", "--state", "unlinked")
            #expect(report.output.contains("unlinked,review") && report.output.contains(",removed,"))
            #expect(try await bench.tool.run("report", "--mapping").output.split(separator: "\n").count == 1)
            #expect(try await bench.tool.run("doctor", "--ledger", "relink.sqlite").output.contains("damaged") == false)
            let run = try await bench.tool.run("run", "in.csv", "--json")
            #expect(run.exitCode == 1)
            #expect(bench.world.counts.linksCreated == 1)
            #expect(try await bench.tool.run("run", "in.csv", "--retry", "unlinked").exitCode == 0)
            #expect(bench.world.counts.linksActive == 1)
            let again = try await bench.remove(0, ["--json"])
            #expect(again.links("removed") == 1, "the new link is another one: \(again.output)")
            #expect(bench.world.counts.linksActive == 0)
        }
    }

    @Test("an older link that no row has goes too, and is on record")
    func oldLink() async throws {
        try await AccountsBench.with { bench in
            let old = try bench.world.plant(owner: bench.customer(), created: Date(timeIntervalSinceNow: -1e7)).id
            let arguments = ["remove", old.uppercased(), "--customer", bench.customer().uppercased(), "--yes"]
            #expect(try await bench.run(arguments).exitCode == 0)
            #expect(bench.world.links.filter(\.isActive).map(\.id) == [bench.owned])
            #expect(try bench.strings("SELECT outcome FROM removals WHERE link IS NULL") == ["removed"])
            #expect(try bench.strings("SELECT state FROM links") == ["linked"])
            let list = try await bench.run(["list", bench.customer()])
            #expect(list.output.contains("no row has it; removed 20"), "\(list.output)")
        }
    }

    @Test("in bulk from the mapping report, and again from standard input: what is done is skipped, and counted")
    func bulk() async throws {
        let rules = [Scenario.Rule(.remove, answers: ["normal", "normal", "bond-503-after", "bond-reset-before"])]
        try await AccountsBench.with(30, SimulatorConfiguration(scenario: Scenario(rules: rules))) { bench in
            let mapping = try await bench.tool.run("report", "--mapping", "--output", "map.csv")
            #expect(mapping.exitCode == 0)
            let dry = try await bench.run(["remove", "--file", "map.csv", "--dry-run"])
            #expect(dry.exitCode == 2)
            #expect(dry.output.hasPrefix("30 links: 30 of rows in the ledger"))
            #expect(try await bench.remove(7).exitCode == 0)
            try bench.tool.folder.write(
                try bench.tool.folder.read("map.csv") + "broken line\n",
                to: "map.csv"
            )
            let outcome = try await bench.run(["remove", "--file", "map.csv", "--yes", "--json"])
            #expect(outcome.exitCode == 1, "\(outcome.errors)")
            #expect(outcome.links("removed") == 29)
            #expect(outcome.links("already_removed") == 1)
            #expect(try outcome.json()["invalid"] as? Int == 1)
            #expect(outcome.errors.contains("map.csv:32:1"), "\(outcome.errors)")
            #expect(bench.world.counts.linksActive == 0)
            let calls = bench.world.callCount
            let input = try bench.tool.folder.read("map.csv").replacing("broken line\n", with: "")
            let again = try await bench.run(["remove", "--file", "-", "--yes"], input: input)
            #expect(again.exitCode == 0)
            #expect(again.output.contains("30 already_removed"))
            #expect(bench.world.callCount == calls)
        }
    }

    @Test("keeps to the rate that was given")
    func rate() async throws {
        try await AccountsBench.with(4) { bench in
            _ = try await bench.tool.run("report", "--mapping", "--output", "map.csv")
            let calls = bench.world.callCount
            let arguments = ["accounts", "remove", "--file", "map.csv", "--yes", "--bond-rate", "4/s"]
            #expect(try await bench.tool.start(arguments).end().exitCode == 0)
            let times = bench.world.calls.dropFirst(calls).map(\.time).sorted()
            #expect(times.count == 12)
            let span = (times.last ?? .distantPast).timeIntervalSince(times.first ?? .distantFuture)
            #expect(span > 2.5, "11 gaps of 255 ms")
        }
    }

    @Test("a signal ends it in good order: what left is settled or open, and the same command finishes")
    func interrupted() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.bondLatency = 0.1...0.2
        try await AccountsBench.with(20, configuration) { bench in
            _ = try await bench.tool.run("report", "--mapping", "--output", "map.csv")
            let arguments = ["accounts", "remove", "--file", "map.csv", "--yes", "--json", "--concurrency", "2"]
            let running = try bench.tool.start(arguments + AccountsBench.options)
            try await eventually { bench.removals.count >= 4 }
            running.send(SIGINT)
            let outcome = try await running.end()
            #expect(outcome.exitCode == 130, "\(outcome.errors)")
            #expect(
                try outcome.json()["next"] as? String == "relink "
                    + (arguments + AccountsBench.options).joined(separator: " ")
            )
            #expect(bench.world.counts.linksActive > 0)
            let last = try await bench.tool.start(arguments + AccountsBench.options).end()
            #expect(last.exitCode == 0, "\(last.output)")
            #expect(bench.world.counts.linksActive == 0)
            #expect(try bench.strings("SELECT state FROM links WHERE state <> 'unlinked'").isEmpty)
            #expect(try bench.strings("SELECT id FROM removals WHERE outcome IS NULL").isEmpty)
        }
    }

    @Test("no secret of Bond's list reaches output or ledger")
    func secrets() async throws {
        try await AccountsBench.with { bench in
            let outcome = try await bench.remove(0, ["-vvv"])
            #expect(outcome.exitCode == 0)
            let secrets = [
                SimulatorConfiguration.listedAccessToken, SimulatorConfiguration.listedAccountNumber,
                bench.tool.environment["BOND_AUTHORIZATION"] ?? "", bench.tool.environment["PLAID_SECRET"] ?? "",
                bench.sheet.rows[0].token,
            ]
            for secret in secrets {
                #expect(!outcome.output.contains(secret) && !outcome.errors.contains(secret))
                for (name, bytes) in try bench.tool.folder.contents() where name != "in.csv" {
                    #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
                }
            }
        }
    }
}

extension AccountsBench {
    /// The link that the ledger's first row has.
    fileprivate var owned: String { (try? strings("SELECT linked_account_id FROM links").first) ?? "" }
}
