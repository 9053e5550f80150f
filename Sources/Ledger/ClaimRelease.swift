import Domain

/// Gives claims back that no row needs any more, at the end of whatever is committed next.
///
/// At its end, for whoever waits for one of them waits until the commit; a worker that had given some back already and
/// then waits for another's could do so for ever.
struct ClaimRelease: Sendable {
    let claims: ClaimBook
    let run: Int64

    /// Gives them back within a transaction, which may be carried out again.
    func perform(_ database: LedgerSession) throws {
        let idle = claims.idle
        if !idle.isEmpty { try ClaimRecord(run: run, database: database).release(idle) }
    }

    /// Takes note that the transaction was committed; nothing was claimed since.
    func confirm() {
        claims.confirmRelease()
    }
}
