import Foundation
import Simulator
import Testing

@Suite("Settings shown and noticed", .timeLimit(.minutes(5)))
struct ConfigTests {
    @Test("each setting with its origin: flag, variable, file, default; secrets as set only")
    func origins() async throws {
        var tool = Tool(try Scratch())
        try tool.folder.write("limit: 1\ntimeout: 5s\nrecheck: 1h\nbond-identity-file: id\n", to: "relink.yml")
        try tool.folder.write("canary-identity", to: "id")
        tool.environment = [
            "RELINK_TIMEOUT": "6s", "RELINK_RECHECK": "2h", "PLAID_SECRET": "canary-secret",
            "RELINK_HEARTBEAT": "https://example.com/canary",
        ]
        let words = ["run", "in.csv", "--recheck=3h", "--map", "account_id=a", "--map", "reference=r", "--trust-list"]
        let arguments = ["config", "show", "--json", "--config", "relink.yml", "--"] + words
        let outcome = try await tool.start(arguments).end()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(!outcome.output.contains("canary"))
        let settings = try Self.settings(outcome)
        let wanted: [String: [String?]] = [
            "limit": ["1", "relink.yml"], "timeout": ["6s", "RELINK_TIMEOUT"], "recheck": ["3h", "flag"],
            "map": ["account_id=a,reference=r", "flag"], "trust-list": ["true", "flag"],
            "concurrency": ["32", "default"], "plaid-secret": ["set", "PLAID_SECRET"],
            "bond-identity": ["set", "relink.yml: id"], "plaid-client-id": [nil, "default"],
            "heartbeat": ["set", "RELINK_HEARTBEAT"],
        ]
        for (name, pair) in wanted {
            #expect([settings[name]?["value"] as? String, settings[name]?["origin"] as? String] == pair, "\(name)")
        }
    }

    @Test("a slip in a variable's or a key's name is noticed, and what may have been meant is named")
    func slips() async throws {
        var tool = Tool(try Scratch())
        tool.environment = [
            "RELINK_LIMITT": "1", "RELINK_PLAID_URL": "x", "RELINK_YES": "1", "RELINK_XYZZY_PLUGH": "1",
            "RELINK_LIMIT": "1",
            "RELINK_SUMMARY": "", "RELINK_LEDGER_KEY_FILE": "k",
        ]
        let outcome = try await tool.run("errors")
        #expect(outcome.exitCode == 0)
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == 4, "\(outcome.errors)")
        #expect(lines.contains { $0.contains("RELINK_LIMITT") && $0.contains("Is RELINK_LIMIT meant?") })
        #expect(lines.contains { $0.contains("RELINK_PLAID_URL") && $0.contains("this one is PLAID_BASE_URL") })
        #expect(lines.contains { $0.contains("RELINK_YES") && $0.contains("command line alone") })
        #expect(lines.contains { $0.hasSuffix("RELINK_XYZZY_PLUGH is no setting and has no effect.") })
        try tool.folder.write("plaid-rat: 5\n", to: "slip.yml")
        let slip = try await tool.run("config", "show", "--config", "slip.yml")
        #expect(slip.exitCode == 78)
        #expect(slip.errors.contains("Is \"plaid-rate\" meant?"), "\(slip.errors)")
    }

    @Test("flags that are no settings are passed over after two dashes", arguments: ["run", "reconcile"])
    func otherFlags(command: String) async throws {
        let more =
            command == "run" ? ["in.csv", "--plan", "p.json", "--yes", "--limit", "3"] : ["--all", "--settle", "3s"]
        let words = ["config", "show", "--origin", "--", command, "--quiet", "-v", "--log-format", "json"] + more
        let tool = Tool(try Scratch())
        let outcome = try await tool.start(words).end()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("flag"))
    }

    @Test("a value of the configuration that cannot be used is named with file, line and key")
    func places() async throws {
        let tool = Tool(try Scratch(), url: "http://127.0.0.1:9")
        try tool.folder.write(Sheet(1).csv, to: "in.csv")
        let cases = [
            ("# one\nlimit: soon\n", "relink.yml, line 2: limit is \"soon\""),
            ("timeout: 5s\n\ntrust-list: maybe\n", "relink.yml, line 3: trust-list is \"maybe\""),
            ("bond-rate: fast\n", "relink.yml, line 1: bond-rate is \"fast\""),
            ("map:\n  token: x\n", "relink.yml, line 1: map: \"token=x\""),
            ("\nledger-key-file: gone\n", "relink.yml, line 2: ledger-key-file names gone, which cannot be read"),
            ("\nlimitt: 1\n", "relink.yml, line 2, sets \"limitt\""),
            ("limit: {a: 1}\n", "relink.yml, line 1, sets \"limit\""),
            ("limit: 1\n b: [\n", "relink.yml cannot be read"),
        ]
        for (yaml, sentence) in cases {
            try tool.folder.write(yaml, to: "relink.yml")
            let outcome = try await tool.run("run", "in.csv", "--config", "relink.yml")
            #expect([64, 78].contains(outcome.exitCode), "\(yaml): \(outcome.errors)")
            #expect(outcome.errors.contains(sentence), "\(yaml): \(outcome.errors)")
        }
        try tool.folder.write("plaid-url: http://example.com\n", to: "relink.yml")
        var plain = tool
        (plain.environment["PLAID_BASE_URL"], plain.environment["RELINK_TIMEOUT"]) = (nil, "long")
        let variable = try await plain.run("run", "in.csv")
        #expect(variable.errors.contains("RELINK_TIMEOUT is \"long\""), "\(variable.errors)")
        plain.environment["RELINK_TIMEOUT"] = nil
        let address = try await plain.run("run", "in.csv", "--config", "relink.yml")
        #expect(address.errors.contains("relink.yml, line 1: plaid-url is \"http://example.com\""), "\(address.errors)")
    }

    @Test("a mapping and lists in YAML: columns with commas in their names, several states")
    func yaml() async throws {
        try await withSimulator { address in
            let tool = Tool(try Scratch(), url: address.url)
            let row = try #require(Sheet(1).rows.first)
            let csv = "crm,\"account, Plaid\",secret\n\(row.customer),\(row.account),\(row.token)\n"
            try tool.folder.write(csv, to: "in.csv")
            let yaml = """
                map:
                  customer_id: crm
                  account_id: "account, Plaid"
                  access_token: secret
                retry: [rejected, held]
                success-codes: [0]
                limit:
                """
            try tool.folder.write(yaml, to: "relink.yml")
            let outcome = try await tool.run("run", "in.csv", "--config", "relink.yml", "--json")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(outcome.states("linked") == 1)
            for bad in ["limit: {a: 1}\n", "retry: [[a]]\n", "- limit\n", "limit: 1\nlimit: 2\n"] {
                try tool.folder.write(bad, to: "bad.yml")
                #expect(try await tool.run("config", "show", "--config", "bad.yml").exitCode == 78, "\(bad)")
            }
        }
    }

    @Test("the example names every setting, says what the sample file says, and can be used")
    func example() async throws {
        let tool = Tool(try Scratch())
        let example = try await tool.run("config", "example").output
        #expect(try Self.text("samples/relink.yaml") == example, "relink config example > samples/relink.yaml")
        try tool.folder.write(example, to: "as-is.yml")
        #expect(try await tool.run("config", "show", "--config", "as-is.yml").exitCode == 0)
        let settings = example.split(separator: "\n").filter { $0.wholeMatch(of: /# [a-z-]+: \S.*/) != nil }
        try tool.folder.write(settings.map { $0.dropFirst(2) + "\n" }.joined(), to: "all.yml")
        let shown = try Self.settings(try await tool.run("config", "show", "--json", "--config", "all.yml"))
        for (name, entry) in shown { #expect(entry["origin"] as? String != "default", "\(name)") }
    }

    @Test("the guide to the settings has each with its flag, variable, key and default")
    func guide() async throws {
        let guide = try Self.text("Sources/Commands/Documentation.docc/Settings.md")
        for (name, entry) in try Self.settings(try await Tool(try Scratch()).run("config", "show", "--json")) {
            let row = guide.split(separator: "\n").first { $0.hasPrefix("| `\(name)` |") }
            let variables = entry["variables"] as? [String] ?? []
            let meaning = entry["meaning"] as? String ?? ""
            for part in variables + [entry["default"] as? String, meaning].compactMap(\.self) {
                #expect(row?.contains(part) == true, "\(name): \(part)")
            }
        }
    }

    private static func settings(_ outcome: Tool.Outcome) throws -> [String: [String: Any]] {
        let list = try outcome.json()["settings"] as? [[String: Any]] ?? []
        return Dictionary(list.map { ($0["name"] as? String ?? "", $0) }) { first, _ in first }
    }

    /// A file of the package.
    private static func text(_ path: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
}
