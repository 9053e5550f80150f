import Domain

/// Takes rows up again that were put off, where other workers may have tried them meanwhile; within one transaction.
struct ReadmissionDesk {
    let database: LedgerSession
    let keys: LedgerKeys
    let run: Int64
    let policy: AdmissionPolicy
    let crew: Crew

    private static let search = "SELECT \(LinkRecord.columns), run FROM links WHERE id = ?"

    /// Claims the rows' owners and says of each row what is to be done about it now.
    func readmit(_ rows: [PutOffRow]) throws -> [Readmission] {
        let claims = ClaimRecord(run: run, database: database)
        let owners = Set(rows.map(\.owner))
        let obstacles = try claims.take(owners)
        let linked = try linked(rows)
        // Where the transaction is carried out again, they may have been free the first time.
        for row in rows { crew.claims.release(row.link, of: row.owner) }
        let answers: [Readmission] = try rows.map { row in
            if linked.contains(row.link) { return .done(.linked) }
            if obstacles[row.owner] == .elsewhere { return .elsewhere }
            return try readmit(row, isInDoubt: obstacles[row.owner] == .doubt)
        }
        try claims.release(owners.filter { !crew.claims.isHeld($0) })
        return answers
    }

    /// The rows that are linked, whoever has their owners in hand.
    private func linked(_ rows: [PutOffRow]) throws -> Set<Link.ID> {
        Set(
            try database.values(
                "SELECT id FROM links WHERE id = ANY (?::bigint[]) AND \(LinkRecord.isLinked)",
                [PostgreSQLArray.text(rows.map(\.link))]
            )
        )
    }

    private func readmit(_ row: PutOffRow, isInDoubt: Bool) throws -> Readmission {
        guard var known = try database.row(Self.search, [row.link]) else { throw LedgerError.noSuchRow("\(row.link)") }
        let fingerprint = try ExchangeRecord.fingerprint(of: row.credential, keys, database)
        if try known.bytes("fingerprint") != fingerprint.bytes {
            try LinkRecord.renew(row.link, fingerprint, at: policy.now, database)
            known = try database.row(Self.search, [row.link]) ?? known
        }
        guard let link = try LinkRecord.link(known, keys: keys) else { throw LedgerError.noSuchRow("\(row.link)") }
        let verdict = policy.verdict(
            state: link.state,
            triedAt: try known.timestamp("tried_at"),
            stoppedRun: link.stoppedRunAt != nil
        )
        if verdict == .reconcile || isInDoubt { return .blocked }
        if try verdict == .skip || crew.hasTried(known, link, run: run) { return .done(link.state) }
        try database.execute("UPDATE links SET run = ? WHERE id = ?", [run, row.link])
        crew.claims.hold(row.link, of: row.owner)
        return .free(link)
    }
}
