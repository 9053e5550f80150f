import Testing

/// Ledger and Bond, compared.
@Suite("relink reconcile --all", .timeLimit(.minutes(5)))
struct AuditTests {
    @Test("says how many of each there are, apart from the lines that scripts read")
    func totals() async throws {
        try await BadDay.with(3) { day in
            #expect(try await day.run().exitCode == 0)
            let outcome = try await day.tool.run("reconcile", "--all", "--settle", "100ms")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(outcome.output.split(separator: "\n").allSatisfy { $0.hasPrefix("= ") })
            #expect(
                outcome.errors.contains(
                    "Compared: 4 = (both have it), 0 + (only the ledger), 0 - (only Bond), 0 * (Bond says it is gone), "
                        + "0 ! (no list)."
                ),
                "\(outcome.errors)"
            )
            let quiet = try await day.tool.run("reconcile", "--all", "--settle", "100ms", "--quiet")
            #expect(quiet.errors.isEmpty && quiet.output == outcome.output)
        }
    }
}
