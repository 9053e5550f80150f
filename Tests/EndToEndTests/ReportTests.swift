import Foundation
import Simulator
import Testing

@Suite("Reports of the built program", .timeLimit(.minutes(5)))
struct ReportTests {
    private static let fast = [
        "run", "in.csv", "--plaid-rate", "unlimited", "--bond-rate", "unlimited", "--settle", "50ms",
    ]

    /// Runs `body` in a folder with a ledger of two runs: six rows of which three do not get through, then two more.
    private func withLedger(_ body: (Tool) async throws -> Void) async throws {
        try await withSimulator { address in
            let tool = Tool(try Scratch(), url: address.url)
            var sheet = Sheet(8)
            sheet.rows[1].token = Sheet.token(magic: "10110000")
            sheet.rows[2].token = Sheet.token(magic: "10110000")
            sheet.rows[3].account = ""
            var first = sheet
            first.rows = Array(sheet.rows.prefix(6))
            try tool.folder.write(first.csv, to: "in.csv")
            #expect(try await tool.start(Self.fast).end().exitCode == 3)
            try tool.folder.write(sheet.csv, to: "in.csv")
            #expect(try await tool.start(Self.fast).end().exitCode == 3)
            try await body(tool)
        }
    }

    private static let failures: [([String], Int32, String)] = [
        (["--run", "nowhere"], 64, "or say last"),
        (["--compare", "last"], 64, "--compare previous last"),
        (["--compare", "last", "previous"], 64, "the earlier run first"),
        (["--compare", "nowhere", "last"], 64, "no run \"nowhere\""),
        (["--compare", "previous", "last", "--state", "linked"], 64, "--compare and --state"),
        (["--compare", "previous", "last", "--format", "html"], 64, "--format html and --compare"),
        (["--since", "yesterday"], 64, "a day such as"),
        (["--since", "2026-13-01"], 64, "a day such as"),
        (["--state", "linked,lost"], 64, "needs_user"),
        (["--state", ""], 64, "needs_user"),
        (["--mapping", "--state", "linked"], 64, "--mapping and --state"),
        (["--format", "html", "--since", "1h"], 64, "--format html and --since"),
        (["--format", "pdf"], 64, "html"),
        (["--split", "in.csv/parts"], 73, "in.csv/parts"),
        (["--split", "in.csv"], 73, "in.csv"),
        (["--split", "parts", "--output", "x.csv"], 64, "--split and --output"),
        (["--output", "nowhere/x.csv"], 73, "nowhere/x.csv"),
        (["--format", "html", "--output", "nowhere/x.html"], 73, "nowhere/x.html"),
    ]

    @Test("what cannot be done ends with its code, names what to do, and leaves nothing")
    func failures() async throws {
        let tool = Tool(try Scratch())
        try tool.folder.write(Sheet(1).csv, to: "in.csv")
        for _ in 1...2 { #expect(try await tool.run("run", "in.csv", "--env", "simulator").exitCode == 0) }
        for (arguments, exitCode, part) in Self.failures {
            let outcome = try await tool.start(["report"] + arguments).end()
            #expect(outcome.exitCode == exitCode, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains(part), "\(arguments): \(outcome.errors)")
            #expect(outcome.output.isEmpty, "\(arguments)")
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: tool.folder.url.path)
        #expect(files.allSatisfy { !$0.hasSuffix(".part") && $0 != "parts" }, "\(files)")
    }

    @Test("one file for each action, none left over from last time, together the rows that need somebody")
    func split() async throws {
        try await withLedger { tool in
            let outcome = try await tool.run("report", "--split", "parts")
            #expect(outcome.exitCode == 0)
            #expect(outcome.errors.contains("parts/update_mode.csv  2 rows"))
            #expect(outcome.errors.contains("parts/fix_row.csv  1 row\n"))
            let parts = try FileManager.default.contentsOfDirectory(atPath: tool.folder.path("parts")).sorted()
            #expect(
                parts == [
                    "fix_identity.csv", "fix_row.csv", "relink.csv", "retry.csv", "review.csv", "update_mode.csv",
                ]
            )
            let whole = try await tool.run("report").output
            let header = try #require(whole.split(separator: "\n").first)
            #expect(try tool.folder.read("parts/relink.csv") == header + "\n")
            let rows = try parts.flatMap { try tool.folder.read("parts/\($0)").split(separator: "\n").dropFirst() }
            #expect(Set(rows) == Set(whole.split(separator: "\n").dropFirst().filter { !$0.contains(",linked,none,") }))
            _ = try await tool.run("report", "--split", "parts", "--state", "invalid")
            #expect(try tool.folder.read("parts/update_mode.csv") == header + "\n", "not left over")
            _ = try await tool.run("report", "--split", "parts", "--format", "markdown")
            #expect(try tool.folder.read("parts/update_mode.md").contains("ITEM_LOGIN_REQUIRED"))
        }
    }

    @Test("what changed between the last two runs, the same bytes each time")
    func compare() async throws {
        try await withLedger { tool in
            let first = try await tool.run("report", "--compare", "previous", "last", "--format", "json")
            #expect(first.exitCode == 0, "\(first.errors)")
            let counts = try #require(try first.json()["counts"] as? [[String: Any]])
            #expect(counts.count == 1)
            #expect(counts.first?["change"] as? String == "added")
            #expect(counts.first?["rows"] as? Int == 2)
            #expect(
                try await tool.run("report", "--compare", "previous", "last", "--format", "json").output == first.output
            )
            let csv = try await tool.run("report", "--compare", "previous", "last").output
            #expect(csv.split(separator: "\n").count == 3)
            let ticket = try await tool.run("report", "--compare", "previous", "last", "--format", "markdown").output
            #expect(ticket.contains("--format csv --compare previous last`"))
            let rows = try await tool.run("report", "--since", "1h", "--state", "needs_user", "--format", "markdown")
            #expect(rows.output.contains("--format csv --state needs_user --since 1h`"))
        }
    }

    @Test("a run's rows, and the rows since a moment")
    func filters() async throws {
        try await withLedger { tool in
            func lines(_ arguments: String...) async throws -> Int {
                try await tool.start(["report"] + arguments).end().output.split(separator: "\n").count - 1
            }
            let previous = try await lines("--run", "previous")
            #expect(previous == 6)
            #expect(try await lines("--run", "last") == 3, "two new rows and the invalid one")
            #expect(try await lines("--since", "1h") == 8)
            #expect(try await lines("--since", "2100-01-01") == 0)
            #expect(try await lines("--since", "2020-01-01T00:00:00+02:00", "--mapping") == 5)
        }
    }

    @Test("the page is one file with the figures and the way to the rows")
    func page() async throws {
        try await withLedger { tool in
            let outcome = try await tool.run("report", "--format", "html", "--output", "page.html")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let page = try tool.folder.read("page.html")
            #expect(page.hasPrefix("<!DOCTYPE html>\n"))
            #expect(page.hasSuffix("</html>\n"))
            #expect(page.contains("5 of 8 rows linked (62.5 %)"))
            #expect(page.contains("Rows in state needs_user. All 2 rows."))
            #expect(page.contains("relink.sqlite --format csv --state needs_user"))
            #expect(page.contains("The last 2 runs, the newest first"))
            let earlier = try await tool.run("report", "--format", "html", "--run", "previous").output
            #expect(earlier != page)
            #expect(earlier.contains("Bond: link an account"))
        }
    }
}
