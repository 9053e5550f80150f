/// A climate that several workers share, kept by somebody whom all of them ask.
package protocol SharedClimate: Sendable {
    /// Reads the climate, has `body` change it, and keeps what comes of it, while nobody else does.
    ///
    /// - Parameter body: Learns the time from the keeper, who has nothing where none was kept or it cannot be read. It is
    ///   called again where the change may not have been kept.
    /// - Returns: What `body` returns.
    /// - Throws: Where the keeper stays away.
    func exchange<Result: Sendable>(
        _ body: @escaping @Sendable (inout Climate?, KeeperTime) -> Result
    ) async throws -> Result
}

/// The time by the clock of who keeps a climate.
package struct KeeperTime: Sendable {
    /// When the question came in.
    let asked: Duration
    /// When the climate was read, after all who had come before.
    let now: Duration
    /// Whether the keeper was restarted since the climate was kept, and may have forgotten what came after.
    let hasRestarted: Bool

    /// Makes a time; `asked` and `now` are of one clock.
    package init(asked: Duration, now: Duration, hasRestarted: Bool = false) {
        (self.asked, self.now, self.hasRestarted) = (asked, now, hasRestarted)
    }
}
