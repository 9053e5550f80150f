import Domain
import Ledger
import Pipeline
import RunSupport
import Testing

/// Runs `body` with a rig in a folder of its own.
func withRig(_ world: World = World(), _ body: (RunRig) async throws -> Void) async throws {
    try await ScratchFolder.with { folder in
        try await body(RunRig(world, path: folder.file("relink.sqlite")))
    }
}

/// What holds after every run: no row lost from the counts, no double link, one POST per owner, nothing unplanned.
func expectSound(
    _ outcome: RunRig.Outcome,
    _ rig: RunRig,
    read: Int,
    doubles: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let eye = try rig.eye()
    #expect(outcome.rows.read == read, "read: \(outcome.rows)", sourceLocation: sourceLocation)
    #expect(rig.world.faults.isEmpty, "\(rig.world.faults)", sourceLocation: sourceLocation)
    #expect(rig.world.doubleLinks == doubles, sourceLocation: sourceLocation)
    #expect(rig.world.worstInFlight <= 1, "POSTs in flight for one owner", sourceLocation: sourceLocation)
    // `attempts` counts the POSTs that left, also by the record of calls.
    let miscounted = try eye.strings(
        """
        SELECT account_id FROM links WHERE attempts <> (SELECT count(*) FROM attempts
            WHERE link = links.id AND call = 'post' AND result <> 'never_sent') AND state <> 'posting'
        """
    )
    #expect(miscounted.isEmpty, "rows with the wrong number of attempts", sourceLocation: sourceLocation)
    let actions = try eye.strings(
        """
        SELECT account_id || ' ' || state || ' ' || action FROM links
        WHERE state <> 'posting' AND (action = 'none') <> (state = 'linked')
        """
    )
    #expect(actions.isEmpty, "rows whose action does not go with their state", sourceLocation: sourceLocation)
}

extension RunRig {
    /// A row of the table `links`.
    func row(_ account: String, _ sourceLocation: SourceLocation = #_sourceLocation) throws -> EyeRow {
        try #require(
            try eye().row("SELECT * FROM links WHERE account_id = ?", [account]),
            "no row of \(account)",
            sourceLocation: sourceLocation
        )
    }

    func state(_ account: String, _ sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        try row(account, sourceLocation)["state"]
    }

    /// The results of a row's recorded calls, oldest first, as `mint ok`.
    func calls(_ account: String) throws -> [String] {
        try eye().strings(
            """
            SELECT call || ' ' || result FROM attempts JOIN links ON links.id = attempts.link
            WHERE account_id = ? ORDER BY attempts.id
            """,
            [account]
        )
    }
}

/// Settings for tests: no list is taken as proof, nothing is retried unless said so.
func settings(_ change: (inout RunSettings) -> Void = { _ in }) -> RunSettings {
    var settings = RunSettings()
    change(&settings)
    return settings
}
