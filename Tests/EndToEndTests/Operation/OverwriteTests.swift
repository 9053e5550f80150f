import Foundation
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
}
