import BrowserSupport
import Foundation
import Simulator
import Testing

/// `relink link serve` with customers in a browser.
@Suite(
    "Pages for Link",
    .serialized,
    .timeLimit(.minutes(5)),
    .enabled(if: Chromium.path != nil, Comment(rawValue: Chromium.absence))
)
struct LinkServeTests {
    private static let frame = "link.html"

    /// A server with one customer who has nothing yet and one whose user has to sign in again.
    private struct Bench: Sendable {
        let tool: Tool
        let world: World
        let sheet: Sheet
        let newcomer: String
        let arguments: [String]

        /// Starts the server and waits for the addresses; the newcomer's first.
        func serve(fault: String? = nil) async throws -> (server: Running, pages: [String]) {
            // What a server before this one wrote.
            try? FileManager.default.removeItem(atPath: tool.folder.path("pages.csv"))
            let server = try tool.faulty(fault).start(arguments)
            try await eventually {
                FileManager.default.fileExists(atPath: tool.folder.path("pages.csv"))
            }
            let lines = try tool.folder.read("pages.csv").split(separator: "\n").map(String.init)
            func page(of customer: String) -> String? {
                let line = lines.first { $0.contains(customer) }
                return line?.split(separator: ",").first { $0.hasPrefix("http") }.map(String.init)
            }
            return (server, [newcomer, sheet.rows[1].customer].compactMap(page))
        }

        var newLinks: [String] { world.links.filter { $0.owner == newcomer }.map(\.accountID) }
    }

    private func withBench(_ body: @escaping @Sendable (Bench) async throws -> Void) async throws {
        try await withSimulator(SimulatorConfiguration()) { address in
            let tool = Tool(try Scratch(), url: address.url)
            var sheet = Sheet(2)
            let answer = try #require(AnswerCatalogue.answers.first { $0.meaning.contains("ITEM_LOGIN_REQUIRED") })
            sheet.rows[1].token = Sheet.token(magic: "\(answer.number)0000")
            try tool.folder.write(sheet.csv, to: "rows.csv")
            #expect(try await tool.run("run", "rows.csv", "--settle", "50ms").exitCode == 3)
            let newcomer = UUID().uuidString.lowercased()
            let input = sheet.csv + "new,\(newcomer),,\n"
            try tool.folder.write(input, to: "in.csv")
            let script = address.url + "/link/v2/stable/link-initialize.js"
            let arguments = [
                "link", "serve", "in.csv", "--client-name", "Acme", "--output", "pages.csv", "--bind", "127.0.0.1:0",
                "--settle", "50ms", "--link-script", script, "--plaid-rate", "unlimited",
            ]
            let world = address.world
            try await body(
                Bench(tool: tool, world: world, sheet: sheet, newcomer: newcomer, arguments: arguments)
            )
        }
    }

    private func see(_ view: String, _ page: BrowserPage) async throws {
        try await page.wait(for: "document.body && document.body.dataset.shown === '\(view)'")
    }

    private func connect(_ page: BrowserPage, _ buttons: [String] = ["continue", "choose-bank", "connect"]) async throws
    {
        try await page.click("section:not([hidden]) button")
        for button in buttons { try await page.click("#" + button, in: Self.frame) }
    }

    @Test("a customer connects a bank: every account chosen is linked, and the server stops in good order")
    func newConnection() async throws {
        try await withBench { bench in
            let (server, pages) = try await bench.serve()
            #expect(try bench.tool.folder.mode("pages.csv") == 0o600)
            try await Chromium.withPage { page in
                try await page.open(pages[0])
                try await see("ready_first_time", page)
                try await connect(page)
                try await see("done", page)
            }
            #expect(bench.newLinks.count == 2)
            server.send(SIGTERM)
            let outcome = try await server.end()
            #expect(outcome.exitCode == 143, "\(outcome.errors)")
            #expect(!outcome.errors.contains(pages[0].suffix(64)) && !outcome.output.contains(pages[0].suffix(64)))
            let report = try await bench.tool.run("report", "--state", "linked")
            #expect(report.output.split(separator: "\n").count { $0.contains(bench.newcomer) } == 2)
            #expect(try await bench.tool.run("status").output.contains("1 access token that only this ledger has"))
        }
    }

    @Test("a customer repairs a connection, and its row is linked")
    func repair() async throws {
        try await withBench { bench in
            let (server, pages) = try await bench.serve()
            try await Chromium.withPage { page in
                try await page.open(pages[1])
                try await see("ready_update_mode", page)
                try await connect(page, ["continue", "connect"])
                try await see("done", page)
            }
            #expect(bench.world.links.contains { $0.owner == bench.sheet.rows[1].customer })
            #expect(bench.world.calls.allSatisfy { $0.path != "/item/public_token/exchange" })
            server.send(SIGTERM)
            _ = try await server.end()
        }
    }

    @Test(
        "a server that is killed after the customer's success links nothing twice, and the next one makes up for it",
        arguments: [
            "sent/plaid:1", "answered/plaid:1", "sent/plaid:2", "request/bond:1", "sent/bond:1", "received/bond:2",
        ]
    )
    func killed(point: String) async throws {
        try await withBench { bench in
            let (server, pages) = try await bench.serve(fault: "kill:" + point)
            try await Chromium.withPage { page in
                try await page.open(pages[0])
                try await see("ready_first_time", page)
                try await connect(page)
                let outcome = try await server.end()
                #expect(outcome.signal == SIGKILL, "\(outcome.errors)")
            }
            let (next, again) = try await bench.serve()
            try await eventually { bench.newLinks.count == 2 }
            #expect(Set(bench.newLinks).count == 2)
            #expect(again.first == nil || again.first?.suffix(64) == pages[0].suffix(64))
            next.send(SIGTERM)
            _ = try await next.end()
            #expect(bench.newLinks.count == 2)
        }
    }

    @Test("a page that was closed right after the success loses nothing: the server asks Plaid")
    func closed() async throws {
        try await withBench { bench in
            let (server, pages) = try await bench.serve()
            // The customer's way, but for what the page would have said at its end.
            try await Chromium.withPage { page in
                try await page.open(pages[0])
                try await see("ready_first_time", page)
                try await page.click("section:not([hidden]) button")
                try await page.wait(for: "document.querySelector('iframe') !== null")
            }
            let token = try #require(bench.world.linkTokens.last { $0.userID == bench.newcomer })
            try bench.world.finishSession(of: token.token)
            try await Chromium.withPage { page in
                try await page.open(pages[0])
                try await see("ready_first_time", page)
                try await page.click("section:not([hidden]) button")
                try await see("done", page)
            }
            #expect(bench.newLinks.count == 2)
            server.send(SIGTERM)
            _ = try await server.end()
        }
    }
}

/// What cannot be used is refused before anything is served.
@Suite("Pages for Link, refused", .timeLimit(.minutes(5)))
struct LinkServeRefusalTests {
    @Test("settings that cannot be used")
    func refusals() async throws {
        try await withSimulator(SimulatorConfiguration()) { address in
            let tool = Tool(try Scratch(), url: address.url)
            let sheet = Sheet(1)
            try tool.folder.write(sheet.csv, to: "in.csv")
            #expect(try await tool.run("run", "in.csv", "--settle", "50ms").exitCode == 0)
            let serve = ["link", "serve", "in.csv", "--client-name", "Acme", "--output", "p.csv"]
            let cases: [([String], Int32)] = [
                (["link", "serve", "in.csv", "--client-name", "Acme"], 64), (serve + ["--hosted"], 64),
                (serve + ["--bind", "8090"], 64), (serve + ["--bind", "0.0.0.0:0"], 78),
                (serve + ["--tls-key", "k.pem"], 64), (serve + ["--tls-key", "k.pem", "--tls-certificate", "c"], 78),
                (serve + ["--base-url", "https://l.example", "--redirect-uri", "https://l.example/x"], 64),
                (serve + ["--base-url", "l.example"], 78), (serve + ["--ledger", "gone.sqlite"], 66),
                (serve + ["--from-ledger", "lost"], 64), (serve + ["--output", "in.csv"], 64),
                (serve + ["--bind", "192.0.2.1:0", "--base-url", "https://l.example"], 73),
                (
                    serve + [
                        "--bind", "192.0.2.1:0", "--base-url", "https://l.example/", "--redirect-uri",
                        "https://l.example/oauth",
                    ], 73
                ),
            ]
            for (arguments, code) in cases {
                let outcome = try await tool.start(arguments).end()
                #expect(outcome.exitCode == code, "\(arguments): \(outcome.errors)")
            }
        }
    }
}
