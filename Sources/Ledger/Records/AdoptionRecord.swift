import Domain

/// Rows that are linked because a file says so and Bond's list confirms it.
struct AdoptionRecord {
    private static let adopted = LinkUpdate(
        LinkStep.linked
            + """
            , orphans = orphans + CASE WHEN token IS NULL THEN 0 ELSE 1 END \
            + CASE WHEN mint_sent_at IS NULL THEN 0 ELSE 1 END, mint_sent_at = NULL, \
            reference = coalesce(:reference, reference), file = :file, line = :line
            """,
        where: "state NOT IN ('posting', 'in_doubt', 'linked')"
    )

    private let step: LinkStep
    private var database: LedgerSession { step.database }

    init(_ step: LinkStep) {
        self.step = step
    }

    /// What is known of a claim.
    static func standing(of adoption: Adoption, _ database: LedgerSession) throws -> AdoptionStanding {
        let link = try RemovalRecord.standing(of: adoption.order, database)
        return AdoptionStanding(
            row: try row(adoption.identity, database),
            link: link,
            linkPosition: try link.row.flatMap { try position(of: $0.link, database) },
            isOwnerInDoubt: try isInDoubt(adoption.identity.owner, database)
        )
    }

    private static func row(_ identity: Identity, _ database: LedgerSession) throws -> AdoptionStanding.Row? {
        let row = try database.row(
            """
            SELECT state, linked_account_id, bond_account_id FROM links
            WHERE owner_kind = ? AND owner_key = ? AND account_id = ?
            """,
            [identity.owner.kind.rawValue, identity.owner.key, identity.accountID]
        )
        guard let row, let state = RowState(rawValue: try row.value("state")) else { return nil }
        let ids: [String?] = [try row.value("linked_account_id"), try row.value("bond_account_id")]
        return AdoptionStanding.Row(state: state, links: Set(ids.compactMap(\.self)))
    }

    private static func position(of link: Link.ID, _ database: LedgerSession) throws -> InputPosition? {
        let row = try database.row(
            "SELECT path, line FROM links JOIN files ON files.id = links.file WHERE links.id = ?",
            [link]
        )
        return try row.map { InputPosition(file: try $0.value("path"), line: try $0.value("line")) }
    }

    /// A doubt that says that Bond has the account already is no POST that may have made a link.
    private static func isInDoubt(_ owner: Owner, _ database: LedgerSession) throws -> Bool {
        try database.finds(
            """
            SELECT 1 FROM links WHERE owner_kind = ? AND owner_key = ?
                AND (state = 'posting' OR state = 'in_doubt' AND doubt <> 'duplicate') LIMIT 1
            """,
            [owner.kind.rawValue, owner.key]
        )
    }

    /// Makes the row linked, unless the ledger has something to say against it; within a transaction.
    func adopt(_ confirmed: ConfirmedAdoption, _ listing: Attempt, at: Timestamp) throws -> AdoptionVerdict {
        let (claim, account) = (confirmed.adoption, confirmed.account)
        for claim in [claim, claim.naming(account)] {
            let verdict = try Self.standing(of: claim, database).verdict(on: claim)
            guard verdict == .free else { return verdict }
        }
        try step.checkEpoch()
        let (id, before) = try findOrAdd(claim, at)
        let place = "\(claim.position.file):\(claim.position.line)"
        try note(listing, of: id, at)
        try note(Attempt(call: .adopt, result: .ok, sentAt: at, message: "from \(place)\(before)"), of: id, at)
        try link(id, claim, account, at)
        return .free
    }

    private func note(_ attempt: Attempt, of id: Link.ID, _ at: Timestamp) throws {
        _ = try step.take(LinkChange(id, .noted, at: at, attempt: attempt))
    }

    /// The row, and what is lost of it.
    private func findOrAdd(_ claim: Adoption, _ at: Timestamp) throws -> (Link.ID, before: String) {
        let owner = claim.identity.owner
        let known = try database.row(
            """
            SELECT id, state, linked_account_id FROM links
            WHERE owner_kind = ? AND owner_key = ? AND account_id = ?
            """,
            [owner.kind.rawValue, owner.key, claim.identity.accountID]
        )
        guard let known else { return (try add(claim, at), "") }
        let state: String = try known.value("state")
        let link: String? = try known.value("linked_account_id")
        return (try known.value("id"), "; the row was \(state)" + (link.map { ", its link had been \($0)" } ?? ""))
    }

    /// Adds the row; that no access token is known of it, the first run that meets it changes.
    private func add(_ claim: Adoption, _ at: Timestamp) throws -> Link.ID {
        let owner = claim.identity.owner
        return try database.insert(
            """
            INSERT INTO links (owner_kind, owner_key, owner_id, account_id, reference, state, action, fingerprint,
                first_seen_at, updated_at, run, file, line)
            VALUES (?, ?, ?, ?, ?, 'pending', 'retry', ?, ?, ?, ?, ?, ?)
            """,
            [
                owner.kind.rawValue, owner.key, owner.id, claim.identity.accountID, claim.reference, [UInt8](),
                at.milliseconds,
                at.milliseconds, step.run, try number(of: claim.position.file), claim.position.line,
            ]
        )
    }

    private func link(_ id: Link.ID, _ claim: Adoption, _ account: BondAccount, _ at: Timestamp) throws {
        try step.update(
            LinkChange(id, .linked(account, .adopted), at: at),
            Self.adopted,
            LinkStep.values(account, .adopted) + [
                claim.reference, try number(of: claim.position.file), claim.position.line,
            ]
        )
    }

    private func number(of file: String) throws -> Int64 {
        try database.execute("INSERT INTO files (path) VALUES (?) ON CONFLICT DO NOTHING", [file])
        return try database.value("SELECT id FROM files WHERE path = ?", [file]) ?? 0
    }
}
