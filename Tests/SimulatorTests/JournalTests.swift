import Foundation
import NIOHTTP1
import Simulator
import Testing

@Suite struct JournalTests {
    @Test func tokensAndLinksSurviveARestart() async throws {
        try await Harness.withJournal { configuration in
            var token = JSON.null
            var id = ""
            try await Harness.run(configuration) { (harness: Harness) async throws in
                token = try await harness.mint(Harness.token(2047))["processor_token"] ?? .null
                id = try await harness.link()["linked_account_id"]?.string ?? ""
                _ = try await harness.send(.DELETE, "/api/v0.1/accounts/\(id)", headers: harness.bondHeaders)
                _ = try await harness.link()
            }
            try await Harness.run(configuration) { (harness: Harness) async throws in
                let counts = harness.world.counts
                #expect(counts.tokensMinted == 3)
                #expect(counts.linksCreated == 2)
                #expect(counts.linksActive == 1)
                #expect(counts.orphanTokens == 1)
                #expect(harness.world.links.first?.id == id)
                let posted = try await harness.post([
                    "processor_token": token, "customer_id": .string(Harness.customer),
                ])
                #expect(posted.status == 503)
                #expect(harness.world.counts.linksCreated == 3)
            }
        }
    }

    @Test func aTornLastLineIsDropped() async throws {
        try await Harness.withJournal { configuration in
            let path = try #require(configuration.journal)
            try await Harness.run(configuration) { _ = try await $0.link() }
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data(#"{"minted":{"tok"#.utf8))
            try await Harness.run(configuration) { _ = try await $0.link() }
            try await Harness.run(configuration) { #expect($0.world.counts.linksCreated == 2) }
        }
    }

    @Test func holdsNoAccessTokenAndIsPrivate() async throws {
        try await Harness.withJournal { configuration in
            let path = try #require(configuration.journal)
            try await Harness.run(configuration) { _ = try await $0.link() }
            let content = try String(contentsOfFile: path, encoding: .utf8)
            #expect(content.contains("processor-sandbox-"))
            #expect(!content.contains("access-sandbox-"))
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func anUnreadableLineIsAnError() async throws {
        try await Harness.withJournal { configuration in
            let path = try #require(configuration.journal)
            try Data("nonsense\n".utf8).write(to: URL(filePath: path))
            #expect(throws: SimulatorError.self) { try Simulator(configuration: configuration) }
        }
    }
}
