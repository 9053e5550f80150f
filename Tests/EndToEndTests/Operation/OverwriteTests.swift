import Foundation
import Simulator
import Testing

/// Files that are written take the place of their own older versions, and of nothing else.
@Suite("What is there already", .timeLimit(.minutes(5)))
struct OverwriteTests {
    @Test("a ledger and what is no regular file are not overwritten; a link's file is")
    func outputs() async throws {
        try await BadDay.with(1) { day in
            let folder = day.tool.folder
            for target in ["relink.sqlite", "/dev/null"] {
                let outcome = try await day.tool.run("report", "--output", target)
                #expect(outcome.exitCode == 64, "\(target): \(outcome.errors)")
            }
            #expect(try await day.tool.run("status").exitCode == 0)
            try folder.write("old", to: "target.csv")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path("link.csv"),
                withDestinationPath: folder.path("target.csv")
            )
            #expect(try await day.tool.run("report", "--output", "link.csv").exitCode == 0)
            #expect(try folder.read("target.csv").hasPrefix("reference,"))
        }
    }

    @Test("no output takes the place of a file that the command reads, whatever name leads there")
    func inputs() async throws {
        try await BadDay.with(1) { day in
            let folder = day.tool.folder
            try folder.write("in.csv\n", to: "list.csv")
            try folder.write("customer_id\nnobody\n", to: "out.csv")
            try folder.write("recheck: 1h\n", to: "relink.yml")
            try folder.write("secret", to: "secret")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path("link.csv"),
                withDestinationPath: folder.path("in.csv")
            )
            var tool = day.tool
            tool.environment["PLAID_SECRET_FILE"] = "secret"
            tool.environment["PLAID_SECRET"] = nil
            #expect(try await tool.run("plan", "in.csv", "--output", "plan.json").exitCode == 2)
            let before = try folder.contents()
            let commands: [[String]] = [
                ["validate", "in.csv", "--invalid", "in.csv"], ["validate", "in.csv", "--invalid", "./link.csv"],
                ["validate", "in.csv", "--exclude", "out.csv", "--invalid", "out.csv"],
                ["plan", "in.csv", "--output", "in.csv"],
                ["plan", "in.csv", "--config", "relink.yml", "--output", "relink.yml"],
                ["run", "in.csv", "--metrics-file", "link.csv"], ["run", "in.csv", "--metrics-file", "secret"],
                ["run", "in.csv", "--plan", "plan.json", "--metrics-file", "plan.json"],
                ["report", "--output", "first.csv"], ["report", "--config", "relink.yml", "--output", "relink.yml"],
            ]
            for command in commands {
                let outcome = try await tool.start(command).end()
                #expect(outcome.exitCode == 64, "\(command): \(outcome.errors)")
                #expect(outcome.errors.contains("is not overwritten"), "\(command): \(outcome.errors)")
            }
            for (name, bytes) in before { #expect(try folder.contents()[name] == bytes, "\(name)") }
        }
    }

    @Test("a file that cannot be written is found before the first call, and nothing is left behind")
    func unwritable() async throws {
        try await BadDay.with(3) { day in
            let (calls, files) = (
                day.world.calls.count, try day.tool.folder.contents().keys.count { !$0.contains("-") }
            )
            let run = try await day.run("in.csv", ["--metrics-file", "gone/relink.prom"])
            #expect(run.exitCode == 73, "\(run.errors)")
            #expect(run.errors.contains("gone/relink.prom cannot be created"), "\(run.errors)")
            let plan = try await day.tool.run("plan", "in.csv", "--output", "gone/plan.json")
            #expect(plan.exitCode == 73, "\(plan.errors)")
            #expect(plan.output.isEmpty)
            #expect(day.world.calls.count == calls)
            #expect(try day.tool.folder.contents().keys.count { !$0.contains("-") } == files)
            let fine = try await day.run("in.csv", ["--metrics-file", "relink.prom"])
            #expect(fine.exitCode == 0, "\(fine.errors)")
            #expect(try !day.tool.folder.contents().keys.contains { $0.hasSuffix(".part") })
        }
    }
}
