import Domain

/// What it means for a worker that others work on the same ledger.
struct Crew: Sendable {
    /// When the first of those who were at work when this worker began did so: what one of them has tried since then
    /// needs no other to try it.
    let since: Timestamp
    /// Whether nobody else was at work when this worker began.
    let beganAlone: Bool
    let claims = ClaimBook()
    let pulse = Pulse()

    /// Whether one of them has tried a row, so that it is done with for this time.
    func hasTried(_ row: LedgerRow, _ link: Link, run: Int64) throws -> Bool {
        guard ![.pending, .minted, .posting, .inDoubt].contains(link.state), try row.value("run") as Int64 != run else {
            return false
        }
        return try row.timestamp("tried_at").map { $0 >= since } ?? false
    }
}
