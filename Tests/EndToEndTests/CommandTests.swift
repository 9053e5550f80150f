import Foundation
import Simulator
import Testing

@Suite("Exit codes and what is said with them", .timeLimit(.minutes(5)))
struct CommandTests {
    @Test(
        "what cannot be done ends with its code and names what to do",
        arguments: [
            (["run"], 64, "Missing expected argument"),
            (["run", "nowhere.csv"], 66, "nowhere.csv"),
            (["run", "in.csv", "--plaid-rate", "fast"], 64, "400/min"),
            (["run", "in.csv", "--retry", "linked"], 64, "rejected, unlinked, held"),
            (["run", "in.csv", "--map", "token=x"], 64, "access_token"),
            (["run", "no-header.csv"], 65, "no column"),
            (["run", "in.csv", "--config", "nowhere.yml"], 78, "nowhere.yml"),
            (["run", "in.csv", "--config", "bad.yml"], 78, "bad.yml, line 1: plaid-rate"),
            (["run", "in.csv", "--config", "slip.yml"], 78, "limitt"),
            (["run", "in.csv", "--plaid-url", "http://example.com"], 78, "loopback"),
            (["run", "in.csv", "--env", "production", "--new-ledger"], 64, "--yes"),
            (["run", "in.csv", "--env", "production", "--yes"], 66, "There is no ledger"),
            (["run", "in.csv", "--ledger", "in.csv"], 78, "is not a ledger"),
            (["run", "in.csv", "--ledger", "in.csv/ledger.sqlite"], 73, "cannot be created"),
            (["rnu", "in.csv"], 64, "Is run meant?"),
            (["xyzzy"], 64, "There are: validate, plan, run"),
            (["ledger", "bakcup", "x"], 64, "Is backup meant?"),
            (["config", "show", "--", "run", "in.csv", "--limt", "5"], 64, "Is --limit meant?"),
            (["config", "show", "--", "run", "in.csv", "--plna=5"], 64, "Is --plan meant?"),
            (["config", "show", "--", "reconcile", "--al"], 64, "Is --all meant?"),
            (["status"], 66, "relink.sqlite"),
            (["report"], 66, "relink.sqlite"),
            (["reconcile"], 66, "relink.sqlite"),
            (["show", "somebody"], 66, "relink.sqlite"),
            (["resolve", "a", "b", "--because", "x"], 64, "one of --linked LINK, --absent and --in-doubt"),
            (["ledger", "prune", "--older-than", "long"], 64, "90d"),
            (["ledger", "restore", "nowhere.sqlite"], 66, "nowhere.sqlite"),
            (["validate", "in.csv", "--invalid", "in.csv/bad.csv"], 73, "cannot be created"),
            (["simulate", "--port", "99999"], 64, "65535"),
            (["simulate", "--scenario", "nowhere.json"], 66, "nowhere.json"),
        ] as [([String], Int32, String)]
    )
    func failures(arguments: [String], exitCode: Int32, part: String) async throws {
        var tool = Tool(try Scratch(), url: "http://127.0.0.1:9")
        tool.environment["RELINK_ENV"] = nil
        if arguments.contains("production") {
            tool.environment["PLAID_BASE_URL"] = nil
            tool.environment["BOND_BASE_URL"] = nil
        }
        try tool.folder.write(Sheet(1).csv.replacing("access-sandbox", with: "access-production"), to: "in.csv")
        try tool.folder.write("a,b\n1,2\n", to: "no-header.csv")
        try tool.folder.write("plaid-rate: soon\n", to: "bad.yml")
        try tool.folder.write("limitt: 5\n", to: "slip.yml")
        let outcome = try await tool.start(arguments).end()
        #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
        #expect(outcome.errors.contains(part), "\(outcome.errors)")
        // A run that got as far as its ledger sums up, and so says the code again.
        #expect(outcome.output.isEmpty || outcome.output.contains("(exit \(exitCode))"))
    }

    @Test("a file that cannot be read is not said to need to be writable")
    func unreadable() async throws {
        let tool = Tool(try Scratch())
        try tool.folder.write(Sheet(1).csv, to: "in.csv")
        for words in [["ledger", "restore", "gone.sqlite"], ["validate", "gone.csv"], ["validate", "."]] {
            let outcome = try await tool.start(words).end()
            #expect(outcome.exitCode == 66, "\(outcome.errors)")
            for wrong in ["writable", "created", ".lock"] {
                #expect(!outcome.errors.contains(wrong), "\(outcome.errors)")
            }
        }
        #expect(try tool.folder.contents().keys.count { $0.hasPrefix("relink.sqlite") } == 0)
    }

    @Test(
        "a missing credential is named, with the file that could hold it",
        arguments: ["PLAID_CLIENT_ID", "PLAID_SECRET", "BOND_IDENTITY", "BOND_AUTHORIZATION"]
    )
    func missingCredential(name: String) async throws {
        var tool = Tool(try Scratch(), url: "http://127.0.0.1:9")
        tool.environment[name] = nil
        try tool.folder.write(Sheet(1).csv, to: "in.csv")
        let outcome = try await tool.run("run", "in.csv")
        #expect(outcome.exitCode == 78)
        #expect(outcome.errors.contains("\(name) is not set"))
        #expect(outcome.errors.contains("\(name)_FILE"))
    }

    @Test("settings: flag before environment before file; a credential from the file its variable names")
    func settings() async throws {
        try await withSimulator { address in
            var tool = Tool(try Scratch(), url: address.url)
            let secret = try #require(tool.environment["PLAID_SECRET"])
            tool.environment["PLAID_SECRET"] = nil
            try tool.folder.write("  \(secret)\n", to: "secret")
            tool.environment["PLAID_SECRET_FILE"] = "secret"
            try tool.folder.write("limit: 1\nledger: file.sqlite\nsettle: 50ms\n", to: "relink.yml")
            try tool.folder.write(Sheet(9).csv, to: "in.csv")
            let run = ["run", "in.csv", "--config", "relink.yml", "--json"]
            #expect(try await attempted(tool, run) == 1)
            tool.environment["RELINK_LIMIT"] = "2"
            #expect(try await attempted(tool, run) == 2)
            #expect(try await attempted(tool, run + ["--limit", "3"]) == 3)
            #expect(FileManager.default.fileExists(atPath: tool.folder.path("file.sqlite")))
            tool.environment["RELINK_LEDGER"] = "variable.sqlite"
            #expect(try await attempted(tool, run) == 2)
            #expect(FileManager.default.fileExists(atPath: tool.folder.path("variable.sqlite")))
        }
    }

    @Test("a ledger belongs to one environment and one Plaid client")
    func mixing() async throws {
        try await withSimulator { address in
            var tool = Tool(try Scratch(), url: address.url)
            try tool.folder.write(Sheet(1).csv, to: "in.csv")
            #expect(try await tool.run("run", "in.csv").exitCode == 0)
            let other = try await tool.run("run", "in.csv", "--env", "simulator", "--json")
            #expect(other.exitCode == 78)
            #expect(try other.json()["outcome"] as? String == "misconfigured")
            tool.environment["PLAID_CLIENT_ID"] = "somebody-else"
            #expect(try await tool.run("run", "in.csv").exitCode == 78)
        }
    }

    @Test("validate: 0 when every row is valid, 65 when not, and every problem in the file")
    func validate() async throws {
        let tool = Tool(try Scratch())
        var sheet = Sheet(3)
        try tool.folder.write(sheet.csv, to: "good.csv")
        #expect(try await tool.run("validate", "good.csv").exitCode == 0)
        sheet.rows.append(sheet.rows[0])
        sheet.rows.append(sheet.rows[1])
        sheet.rows[4].token = Sheet.token()
        sheet.rows[2].account = ""
        try tool.folder.write(sheet.csv, to: "bad.csv")
        let outcome = try await tool.run("validate", "bad.csv", "--invalid", "problems.csv", "--json")
        #expect(outcome.exitCode == 65)
        #expect(try outcome.json()["rows"] as? [String: Int] == ["read": 5, "valid": 2, "invalid": 2, "duplicate": 1])
        let problems = try tool.folder.read("problems.csv")
        #expect(problems.contains("bad.csv,4,"))
        #expect(problems.contains("missing_value"))
        #expect(problems.contains("conflicting_token"))
        #expect(problems.contains("line 3 of bad.csv"))
    }

    @Test("the samples show every state that one run can bring about")
    func samples() async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let sample = root.appendingPathComponent("samples/accounts.csv").path
        let tool = Tool(try Scratch())
        let outcome = try await tool.run(
            "run",
            sample,
            "--env",
            "simulator",
            "--plaid-rate",
            "unlimited",
            "--bond-rate",
            "unlimited",
            "--settle",
            "200ms",
            "--json"
        )
        #expect(outcome.exitCode == 3, "\(outcome.errors)")
        let states = try #require(try outcome.json()["states"] as? [String: Int])
        #expect(
            states.filter { $0.value > 0 } == [
                "linked": 155, "needs_user": 19, "rejected": 9, "retryable": 5, "in_doubt": 2, "invalid": 3,
            ]
        )
        let counts = try await tool.run(
            "validate",
            root.appendingPathComponent("samples/accounts.jsonl").path,
            "--json"
        )
        #expect(
            try counts.json()["rows"] as? [String: Int] == [
                "read": 194, "valid": 190, "invalid": 3, "duplicate": 1,
            ]
        )
    }

    @Test("a person's verdict on a row in doubt is kept with its reason")
    func resolve() async throws {
        try await withSimulator { address in
            let tool = Tool(try Scratch(), url: address.url)
            var sheet = Sheet(2)
            sheet.rows[0].token = Sheet.token(magic: "00002004")
            try tool.folder.write(sheet.csv, to: "in.csv")
            #expect(try await tool.run("run", "in.csv", "--settle", "50ms").exitCode == 3)
            let row = [sheet.rows[0].customer, sheet.rows[0].account]
            let good = [sheet.rows[1].customer, sheet.rows[1].account]
            let because = ["--because", "seen in the dashboard"]
            let link = ["--linked", "11111111-2222-4333-8444-555555555555"]
            #expect(try await tool.start(["resolve"] + good + link + because).end().exitCode == 64)
            let taken = try #require(address.world.links.first?.id)
            let refused = ["resolve"] + row + ["--linked", taken, "--because", "a slip"]
            #expect(try await tool.start(refused).end().exitCode == 64)
            #expect(try await !tool.start(["show"] + row).end().output.contains("a slip"))
            #expect(try await tool.start(["resolve"] + row + link + because).end().exitCode == 0)
            let shown = try await tool.start(["show"] + row).end().output
            #expect(shown.contains("seen in the dashboard"))
            #expect(shown.contains("11111111-2222-4333-8444-555555555555"))
            #expect(try await tool.run("run", "in.csv").exitCode == 0)
        }
    }

    @Test("a verdict that was wrong is taken back, and nothing is posted again for it")
    func verdictTakenBack() async throws {
        try await withSimulator { address in
            let tool = Tool(try Scratch(), url: address.url)
            var sheet = Sheet(2)
            sheet.rows[0].token = Sheet.token(magic: "00002004")
            try tool.folder.write(sheet.csv, to: "in.csv")
            let run = ["run", "in.csv", "--settle", "50ms", "--json"]
            #expect(try await tool.start(run).end().exitCode == 3)
            let posts = address.world.calls.count { $0.operation == .link }
            let row = [sheet.rows[0].customer, sheet.rows[0].account]
            func resolve(_ words: String...) async throws -> Tool.Outcome {
                try await tool.start(["resolve"] + row + words + ["--because", "a slip"]).end()
            }
            let slip = try await resolve("--linked", "somewhere else")
            #expect(slip.exitCode == 0)
            #expect(slip.errors.contains("--in-doubt --because"), "\(slip.errors)")
            for verdict in [["--linked", "elsewhere"], ["--absent"]] {
                #expect(try await resolve("--in-doubt").exitCode == 0)
                let outcome = try await tool.start(run + ["--trust-list"]).end()
                #expect(outcome.exitCode == 3, "\(outcome.errors)")
                #expect(try await tool.run("doctor", "--offline").exitCode == 0)
                #expect(try await tool.start(["resolve"] + row + verdict + ["--because", "so"]).end().exitCode == 0)
            }
            #expect(try await resolve("--in-doubt").exitCode == 0)
            #expect(address.world.calls.count { $0.operation == .link } == posts)
            // What Bond itself said is no verdict.
            let answered = [sheet.rows[1].customer, sheet.rows[1].account]
            let refused = try await tool.start(["resolve"] + answered + ["--in-doubt", "--because", "no"]).end()
            #expect(refused.exitCode == 64)
            #expect(refused.errors.contains("is linked: it rests on no verdict"), "\(refused.errors)")
        }
    }

    @Test("the audit compares both ways, and two misses make a link unlinked")
    func audit() async throws {
        try await withSimulator { address in
            let tool = Tool(try Scratch(), url: address.url)
            let sheet = Sheet(3)
            try tool.folder.write(sheet.csv, to: "in.csv")
            #expect(try await tool.run("run", "in.csv").exitCode == 0)
            let all = ["reconcile", "--all", "--settle", "50ms"]
            #expect(try await tool.start(all).end().exitCode == 0)
            _ = try address.world.plant(owner: sheet.rows[0].customer, created: Date(timeIntervalSince1970: 0))
            let outcome = try await tool.start(all).end()
            #expect(outcome.exitCode == 1)
            let marks = outcome.output.split(separator: "\n").map { $0.prefix(1) }.sorted()
            #expect(marks == ["-", "=", "=", "="])
        }
    }

    @Test("a backup is whole, and restoring it keeps the former ledger")
    func backup() async throws {
        try await withSimulator { address in
            let tool = Tool(try Scratch(), url: address.url)
            try tool.folder.write(Sheet(2).csv, to: "in.csv")
            _ = try await tool.run("run", "in.csv")
            #expect(try await tool.run("ledger", "backup", "copy.sqlite").exitCode == 0)
            #expect(try await tool.run("ledger", "backup", "copy.sqlite").exitCode == 73)
            try FileManager.default.removeItem(atPath: tool.folder.path("relink.sqlite"))
            #expect(try await tool.run("ledger", "restore", "copy.sqlite").exitCode == 0)
            #expect(try await tool.run("run", "in.csv").exitCode == 0)
            #expect(address.world.counts.linksCreated == 2)
            #expect(try await tool.run("ledger", "prune", "--older-than", "0s").exitCode == 0)
            #expect(try await tool.run("status").output.contains("2  linked"))
        }
    }

    @Test("rows linked after a copy was made are not linked again when the copy is restored")
    func oldBackup() async throws {
        try await withSimulator { address in
            let tool = Tool(try Scratch(), url: address.url)
            try tool.folder.write(Sheet(6).csv, to: "in.csv")
            let run = ["run", "in.csv", "--settle", "50ms", "--plaid-rate", "unlimited"]
            #expect(try await tool.start(run + ["--limit", "2"]).end().exitCode == 4)
            #expect(try await tool.run("ledger", "backup", "copy.sqlite").exitCode == 0)
            #expect(try await tool.run("ledger", "restore", "relink.sqlite").exitCode == 73)
            #expect(try await tool.start(run).end().exitCode == 0)
            #expect(try await tool.run("ledger", "restore", "copy.sqlite").exitCode == 0)
            // Six rows were taken into the copy, and two of them linked in it.
            #expect(try await tool.run("status").output.contains("4  in_doubt"))
            #expect(try await tool.start(run).end().exitCode == 0)
            #expect(address.world.counts.linksCreated == 6)
            #expect(address.world.counts.doubleLinks == 0)
        }
    }

    @Test("errors prints one table, as text and as JSON")
    func errors() async throws {
        let tool = Tool(try Scratch())
        let text = try await tool.run("errors").output
        #expect(text.contains("ITEM_LOGIN_REQUIRED"))
        #expect(text.contains("identity_mismatch"))
        let table = try await tool.run("errors", "--format", "json").json()
        let answers = try #require(table["answers"] as? [[String: Any]])
        #expect(answers.count > 60)
    }

    private func attempted(_ tool: Tool, _ arguments: [String]) async throws -> Int? {
        (try await tool.start(arguments).end().json()["rows"] as? [String: Int])?["attempted"]
    }
}
