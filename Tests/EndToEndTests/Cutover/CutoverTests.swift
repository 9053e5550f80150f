import Foundation
import Simulator
import Testing

@Suite("relink cutover", .timeLimit(.minutes(5)))
struct CutoverTests {
    @Test(
        "asks for what it needs",
        arguments: [
            (["plan", "--json"], 64, "--output"), (["plan", "--ledger", "no.sqlite"], 66, "no.sqlite"),
            (["plan", "--output", "nowhere/plan.csv"], 73, "nowhere"),
            (["plan", "--env", "production"], 78, "belongs to"),
            (["plan", "--output", "relink.sqlite"], 64, "ledger"), (["remove"], 64, "plan"),
            (["remove", "plan.csv"], 64, "--yes"), (["remove", "nowhere.csv", "--yes"], 66, "nowhere.csv"),
            (["remove", "in.csv", "--yes"], 65, "old_linked_account_id"),
            (["remove", "plan.csv", "--yes", "--delimiter", "ab"], 64, "--delimiter"),
            (["remove", "plan.csv", "--yes", "--ledger", "no.sqlite"], 66, "no.sqlite"),
        ] as [([String], Int32, String)]
    )
    func usage(arguments: [String], code: Int32, part: String) async throws {
        try await CutoverBench.with(1) { bench in
            let header = "approve,customer_id,old_linked_account_id,new_linked_account_id\n"
            try bench.tool.folder.write(header, to: "plan.csv")
            let calls = bench.world.callCount
            let outcome = try await bench.run(arguments)
            #expect(outcome.exitCode == code, "\(outcome.errors)")
            #expect(outcome.errors.contains(part), "\(outcome.errors)")
            #expect(bench.world.callCount == calls, "before anything is sent")
        }
    }

    @Test("a plan of the same accounts; only what is approved goes; then nothing is left to do")
    func whole() async throws {
        try await CutoverBench.with(3) { bench in
            let planned = try await bench.run(["plan", "--output", "plan.csv", "--json"])
            #expect(planned.exitCode == 0, "\(planned.errors)")
            #expect(
                try planned.json()["links"] as? [String: Int] == ["same": 3, "different": 0, "newer": 0, "unknown": 0]
            )
            #expect(try bench.tool.folder.mode("plan.csv") == 0o600)
            #expect(bench.accounts.removals.isEmpty)
            let none = try await bench.run(["remove", "plan.csv", "--yes", "--json"])
            #expect(none.exitCode == 0, "nobody has approved anything: \(none.errors)")
            #expect(try none.json()["unapproved"] as? Int == 3)
            #expect(bench.oldLeft.count == 3)
            let kept = bench.accounts.customer(1)
            try await bench.approve { !$0.contains(kept) }
            let preview = try await bench.run(["remove", "plan.csv", "--dry-run"])
            #expect(preview.exitCode == 2, "\(preview.errors)")
            #expect(preview.output.contains("2 links"))
            #expect(preview.output.contains("1 line not approved"), "\(preview.output)")
            let removed = try await bench.run(["remove", "plan.csv", "--yes", "--json"])
            #expect(removed.exitCode == 0, "\(removed.output) \(removed.errors)")
            #expect(removed.links("removed") == 2)
            #expect(bench.oldLeft == [bench.old[1]])
            #expect(bench.world.counts.linksActive == 4)
            let sent = bench.world.callCount
            let again = try await bench.run(["remove", "plan.csv", "--yes", "--json"])
            #expect(again.links("already_removed") == 2)
            #expect(bench.world.callCount == sent, "what is on record costs no call")
            let rest = try await bench.run(["plan"])
            #expect(rest.output.split(separator: "\n").count == 2, "\(rest.output)")
            #expect(rest.output.contains(bench.old[1]))
            // A run over the same rows has nothing to do.
            let run = try await bench.tool.start(["run", "in.csv"] + AccountsBench.options).end()
            #expect(run.exitCode == 0)
            #expect(try bench.accounts.strings("SELECT DISTINCT state FROM links") == ["linked"])
        }
    }

    @Test("a list without digits says unknown, and a person decides")
    func unknown() async throws {
        try await CutoverBench.with(1, masks: false) { bench in
            let plan = try await bench.run(["plan"])
            let line = try #require(plan.output.split(separator: "\n").last)
            #expect(line.hasPrefix(",unknown,bank or last digits are not in Bond's list,"), "\(line)")
            #expect(line.contains(bench.old[0]))
            #expect(
                line.contains(try #require(try bench.accounts.strings("SELECT linked_account_id FROM links").first))
            )
            try await bench.approve()
            #expect(try await bench.run(["remove", "plan.csv", "--yes"]).exitCode == 0)
            #expect(bench.oldLeft.isEmpty)
        }
    }

    @Test("between plan and removal the new link has gone: the old one stays")
    func lastAccount() async throws {
        try await CutoverBench.with(2) { bench in
            try await bench.approve()
            let new = try bench.accounts.strings(
                "SELECT linked_account_id FROM links WHERE owner_id = '\(bench.accounts.customer(0))'"
            )
            let words = [
                "accounts", "remove", try #require(new.first), "--customer", bench.accounts.customer(0), "--yes",
            ]
            #expect(try await bench.tool.start(words + AccountsBench.options).end().exitCode == 0)
            let outcome = try await bench.run(["remove", "plan.csv", "--yes"])
            #expect(outcome.exitCode == 1, "\(outcome.output) \(outcome.errors)")
            #expect(
                outcome.output.contains("refused \(bench.accounts.customer(0)) \(bench.old[0])"),
                "\(outcome.output)"
            )
            #expect(outcome.output.contains("relink cutover plan anew"))
            #expect(bench.oldLeft == [bench.old[0]])
        }
    }

    @Test("signals: a plan that is interrupted is none; a removal goes on where it stopped")
    func interrupted() async throws {
        var configuration = SimulatorConfiguration()
        configuration.behaviour.bondLatency = 0.1...0.2
        try await CutoverBench.with(12, configuration) { bench in
            let calls = bench.world.callCount
            let planning = try bench.tool.start(
                ["cutover", "plan", "--output", "plan.csv", "--concurrency", "1"] + AccountsBench.options
            )
            try await eventually { bench.world.callCount >= calls + 2 }
            planning.send(SIGINT)
            #expect(try await planning.end().exitCode == 130)
            #expect(!FileManager.default.fileExists(atPath: bench.tool.folder.path("plan.csv")))
            try await bench.approve()
            let words = ["cutover", "remove", "plan.csv", "--yes", "--json", "--concurrency", "2"]
            let running = try bench.tool.start(words + AccountsBench.options)
            try await eventually { bench.accounts.removals.count >= 3 }
            running.send(SIGTERM)
            let outcome = try await running.end()
            #expect(outcome.exitCode == 143, "\(outcome.errors)")
            #expect(!bench.oldLeft.isEmpty)
            let last = try await bench.tool.start(words + AccountsBench.options).end()
            #expect(last.exitCode == 0, "\(last.output) \(last.errors)")
            #expect(bench.oldLeft.isEmpty)
            #expect(bench.world.counts.linksActive == 12)
        }
    }

    @Test("a plan that is cut short is none, and leaves the one before", arguments: ["bond-401", "bond-503-before"])
    func cutShort(answer: String) async throws {
        let rules = [Scenario.Rule(.list, answers: [answer], then: .repeat)]
        try await CutoverBench.with(1, SimulatorConfiguration(scenario: Scenario(rules: rules))) { bench in
            try bench.tool.folder.write("before\n", to: "plan.csv")
            let outcome = try await bench.run(["plan", "--output", "plan.csv", "--json"])
            #expect(outcome.exitCode == (answer == "bond-401" ? 77 : 75), "\(outcome.errors)")
            #expect(try bench.tool.folder.read("plan.csv") == "before\n")
            #expect(try outcome.json()["output"] as? String == nil)
        }
    }
}

/// The program dies anywhere while old links are removed, and no customer is left without an account.
@Suite("A kill in a cut-over", .timeLimit(.minutes(10)))
struct CutoverKillTests {
    @Test("at every point of a DELETE", arguments: ["request", "head", "sent", "answered", "received"], [1, 2])
    func calls(point: String, number: Int) async throws {
        try await CutoverBench.with(3) { bench in
            try await bench.approve()
            let arguments = ["remove", "plan.csv", "--yes", "--concurrency", "1"]
            let killed = try await bench.run(arguments, fault: "kill:\(point)/remove:\(number)")
            #expect(killed.signal == SIGKILL, "\(point) is met")
            let intended = try Set(
                bench.accounts.strings("SELECT linked_account_id FROM removals WHERE intent_at IS NOT NULL")
            )
            for call in bench.accounts.removals {
                #expect(intended.contains(String(call.path.split(separator: "/").last ?? "")))
            }
            let last = try await bench.run(["remove", "plan.csv", "--yes"])
            #expect(last.exitCode == 0, "\(last.output) \(last.errors)")
            #expect(bench.oldLeft.isEmpty)
            #expect(bench.world.counts.linksActive == 3, "the new ones")
            #expect(try bench.accounts.strings("SELECT id FROM removals WHERE outcome IS NULL").isEmpty)
        }
    }

    @Test("while a plan is written: the file is whole, or the one before")
    func plan() async throws {
        try await CutoverBench.with(2) { bench in
            for fault in ["kill:request/list:2", "kill:write/report:1", "kill:rename/report", "kill:renamed/report"] {
                try bench.tool.folder.write("before\n", to: "plan.csv")
                let killed = try await bench.run(["plan", "--output", "plan.csv"], fault: fault)
                #expect(killed.signal == SIGKILL, "\(fault)")
                let text = try bench.tool.folder.read("plan.csv")
                let isWhole = bench.old.allSatisfy { text.contains($0) }
                #expect(text == "before\n" || isWhole, "\(fault): \(text)")
                #expect(try await bench.run(["plan", "--output", "plan.csv"]).exitCode == 0, "\(fault)")
            }
        }
    }
}
