import Foundation
import NIOCore
import NIOPosix
import Simulator
import Testing

/// `relink link serve` that takes Plaid's webhooks.
@Suite("Webhooks for Link", .timeLimit(.minutes(5)))
struct LinkWebhookTests {
    /// A server with one customer, who was sent to a page of Plaid's.
    fileprivate struct Bench: Sendable {
        let tool: Tool
        let world: World
        let customer: String
        let base: String

        var linkToken: LinkTokenRecord? { world.linkTokens.last { $0.userID == customer } }
        var links: Int { world.links.count { $0.owner == customer } }
        /// How often Plaid was asked what became of link tokens.
        var questions: Int { world.calls.count { $0.path == "/link/token/get" } }

        /// Whether the last webhook was taken, or is not sent any more.
        var isSettled: Bool { world.webhooks.last.map { $0.isDelivered || $0.tries == 3 } ?? false }

        func invite() async throws {
            let link = [
                "link", "create", "in.csv", "--client-name", "Acme", "--hosted", "--webhook", base + "/webhook",
            ]
            let outcome = try await tool.start(link + ["--output", "links.csv"]).end()
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
        }

        /// Serves; what was known from before is asked about first.
        func serve(_ more: [String]) async throws -> Running {
            let port = try #require(base.split(separator: ":").last)
            let server = try tool.start(
                ["link", "serve", "in.csv", "--client-name", "Acme", "--output", "pages.csv", "--settle", "50ms"]
                    + ["--plaid-rate", "unlimited", "--bind", "127.0.0.1:\(port)", "--base-url", base] + more
            )
            try await eventually { questions == 1 }
            return server
        }
    }

    private func withBench(_ body: @escaping @Sendable (Bench) async throws -> Void) async throws {
        try await withSimulator(SimulatorConfiguration()) { address in
            let tool = Tool(try Scratch(), url: address.url)
            let sheet = Sheet(1)
            try tool.folder.write(sheet.csv, to: "rows.csv")
            #expect(try await tool.run("run", "rows.csv", "--settle", "50ms").exitCode == 0)
            let customer = UUID().uuidString.lowercased()
            let header = try #require(sheet.csv.split(separator: "\n").first)
            try tool.folder.write("\(header)\nnew,\(customer),,\n", to: "in.csv")
            let world = address.world
            try await Self.withFreePort { port in
                let base = "http://127.0.0.1:\(port)"
                try await body(Bench(tool: tool, world: world, customer: customer, base: base))
            }
        }
    }

    /// A port that is free: Plaid has to be given the server's address before the server is there.
    private static func withFreePort(_ body: (Int) async throws -> Void) async throws {
        let socket = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(socket.localAddress?.port)
        try await socket.close()
        try await body(port)
    }

    @Test("a session that is over is asked about at once; what is forged, stale or unsigned does nothing")
    func finished() async throws {
        try await withBench { bench in
            try await bench.invite()
            let server = try await bench.serve(["--receive-webhooks"])
            let token = try #require(bench.linkToken).token
            // Plaid would say that the customer is through, if anybody asked.
            try bench.world.change { $0.webhookSignature = .forged }
            try bench.world.finishSession(of: token)
            try await eventually { bench.isSettled }
            for signature in [WebhookSignature.missing, .stale, .otherBody] {
                try bench.world.change { $0.webhookSignature = signature }
                bench.tell(of: token)
                try await eventually { bench.isSettled }
            }
            #expect(bench.world.webhooks.map(\.status) == [401, 401, 401, 401])
            #expect(bench.questions == 1)
            #expect(bench.links == 0)

            try bench.world.change { $0.webhookSignature = .valid }
            let clock = ContinuousClock()
            let start = clock.now
            bench.tell(of: token)
            try await eventually { bench.links == 2 }
            #expect(start.duration(to: clock.now) < .seconds(20), "it was the webhook, and not the minute that passed")
            #expect(bench.world.webhooks.last?.status == 200)
            bench.tell(of: "link-sandbox-of-nobody")
            try await eventually { bench.world.webhooks.last?.isDelivered == true }
            server.send(SIGTERM)
            let outcome = try await server.end()
            #expect(outcome.exitCode == 143, "\(outcome.errors)")
            #expect(!outcome.errors.contains(token) && !outcome.output.contains(token))
        }
    }

    @Test("the webhook address that is the server's own is enough; another one is not listened to")
    func address() async throws {
        try await withBench { bench in
            try await bench.invite()
            let server = try await bench.serve(["--webhook", bench.base + "/webhook"])
            try bench.world.finishSession(of: try #require(bench.linkToken).token)
            try await eventually { bench.links == 2 }
            #expect(bench.world.webhooks.map(\.status) == [200])
            server.send(SIGTERM)
            #expect(try await server.end().exitCode == 143)
        }
        try await withBench { bench in
            try await bench.invite()
            let server = try await bench.serve(["--webhook", "https://hooks.example/plaid"])
            bench.tell(of: try #require(bench.linkToken).token)
            try await eventually { bench.isSettled }
            #expect(bench.world.webhooks.map(\.status) == [404])
            server.send(SIGTERM)
            #expect(try await server.end().exitCode == 143)
        }
    }

    @Test("webhooks that no address is known for are exit 64")
    func noAddress() async throws {
        try await withBench { bench in
            let serve = [
                "link", "serve", "in.csv", "--client-name", "Acme", "--output", "p.csv", "--bind", "192.0.2.1:0",
            ]
            let outcome = try await bench.tool.start(serve + ["--receive-webhooks"]).end()
            #expect(outcome.exitCode == 64, "\(outcome.errors)")
        }
    }
}

extension LinkWebhookTests.Bench {
    /// Has the simulator say once more that the session of a link token is over.
    fileprivate func tell(of token: String) {
        let body: JSON = [
            "webhook_type": "LINK", "webhook_code": "SESSION_FINISHED", "status": "success",
            "link_token": .string(token),
        ]
        world.send(body, to: base + "/webhook")
    }
}
