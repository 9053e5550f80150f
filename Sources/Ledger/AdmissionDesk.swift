import Domain

/// Takes rows of the input into the ledger, within one transaction.
struct AdmissionDesk {
    private let database: LedgerSession
    private let keys: LedgerKeys
    private let run: Int64
    private let policy: AdmissionPolicy
    /// The workers that share the ledger, where they may.
    private let crew: Crew?
    private(set) var sightings: Sightings
    /// The rows for whose sake this worker has claimed owners.
    private(set) var held: [Link] = []
    private var fileNumbers: [String: Int64] = [:]
    /// What keeps this worker from owners whose rows are being taken in.
    private var obstacles: [Owner: ClaimRecord.Obstacle] = [:]
    /// What is known of the rows beforehand, where the ledger is on a server.
    private var ahead: AdmissionAhead?

    /// What a row is asked for.
    static let columns = "\(LinkRecord.columns), input_high, input_low, run"
    private static let search = """
        SELECT \(columns) FROM links WHERE owner_kind = ? AND owner_key = ? AND account_id = ?
        """

    init(
        database: LedgerSession,
        keys: LedgerKeys,
        run: Int64,
        policy: AdmissionPolicy,
        crew: Crew?,
        sightings: consuming Sightings
    ) {
        self.database = database
        self.keys = keys
        self.run = run
        self.policy = policy
        self.crew = crew
        self.sightings = sightings
    }

    /// Finds or adds each row and says what the run does with it.
    mutating func admit(_ rows: [MarkedRow]) throws -> [Admission] {
        let known = try LinkedRows(rows, expected: sightings.expected, database)
        let unknown = known.unknown
        let owners = try claim(unknown)
        try askAhead(unknown)
        let admissions: [Admission] = try zip(rows, known.numbers).map { row, number in
            if let number, meet(number, at: row.row.position) { return .skip }
            return hold(try admitUnknown(row))
        }
        try release(owners)
        return admissions
    }

    /// Claims the owners of the rows that may be tried, where other workers might try them, too.
    private mutating func claim(_ rows: [MarkedRow]) throws -> Set<Owner> {
        guard crew != nil else { return [] }
        let owners = Set(rows.map(\.row.identity.owner))
        obstacles = try ClaimRecord(run: run, database: database).take(owners)
        return owners
    }

    /// Finds out, and does, at once what would take a way to a server for each row.
    private mutating func askAhead(_ rows: [MarkedRow]) throws {
        guard database.isRemote, !rows.isEmpty else { return }
        var ahead = try AdmissionAhead(rows.map(\.row), keys, database)
        let files = try rows.map { try number(of: $0.row.position.file) }
        try ahead.insert(rows, files: files, earlier: earlier, run: run, at: policy.now)
        self.ahead = ahead
    }

    /// What becomes of a row that is to be tried, given what other workers do: its owner is this one's until it is released.
    private mutating func hold(_ admission: Admission) -> Admission {
        guard let crew, case .work(let link, let turn) = admission, turn != .last else { return admission }
        switch obstacles[link.identity.owner] {
        case .elsewhere: return .elsewhere(link)
        case .doubt: return .work(link, .last)
        case nil:
            crew.claims.hold(link.id, of: link.identity.owner)
            held.append(link)
            return admission
        }
    }

    /// Gives back at once what none of the rows needs.
    private func release(_ owners: Set<Owner>) throws {
        guard let crew else { return }
        try ClaimRecord(run: run, database: database).release(owners.filter { !crew.claims.isHeld($0) })
    }

    /// Takes note of the first meeting; says whether it was.
    private mutating func meet(_ id: Link.ID, at position: InputPosition) -> Bool {
        if sightings.contains(id) { return false }
        sightings.note(id, at: position)
        return true
    }

    private mutating func admitUnknown(_ marked: MarkedRow) throws -> Admission {
        let row = marked.row
        let fingerprint = try fingerprint(of: row)
        guard let known = try find(row.identity) else { return try add(marked, fingerprint) }
        let id: Link.ID = try known.value("id")
        let isSameToken = try known.bytes("fingerprint") == fingerprint.bytes
        if let first = sightings.position(of: id) { return isSameToken ? .duplicate : .conflict(first: first) }
        sightings.note(id, at: row.position)
        if obstacles[row.identity.owner] == .elsewhere { return try leave(known) }
        if isSameToken { return try readmit(marked, known) }
        try LinkRecord.renew(id, fingerprint, at: policy.now, database)
        ahead?.forget(row.identity)
        return try readmit(marked, find(row.identity) ?? known)
    }

    private mutating func readmit(_ marked: MarkedRow, _ known: LedgerRow) throws -> Admission {
        guard let link = try LinkRecord.link(known, keys: keys) else { throw LedgerError.noSuchRow("an odd state") }
        let verdict = policy.verdict(
            state: link.state,
            triedAt: try known.timestamp("tried_at"),
            stoppedRun: link.stoppedRunAt != nil
        )
        if try crew?.hasTried(known, link, run: run) ?? false { return .skip }
        if verdict == .skip {
            let (high, low): (Int64?, Int64?) = (try known.value("input_high"), try known.value("input_low"))
            if high != marked.high || low != marked.low { try place(link.id, marked, run: nil) }
            return .skip
        }
        // A call that is out is that of the run whose number the row has.
        try place(link.id, marked, run: verdict == .reconcile && crew != nil ? nil : run)
        switch verdict {
        case .work(let turn): return .work(link, turn)
        case .reconcile: return .reconcile(link)
        case .skip: return .skip
        }
    }

    /// A row that another worker may be trying stays as it is, whatever the input says.
    private func leave(_ known: LedgerRow) throws -> Admission {
        guard let link = try LinkRecord.link(known, keys: keys) else { throw LedgerError.noSuchRow("an odd state") }
        return link.state == .linked ? .skip : .elsewhere(link)
    }

    private mutating func add(_ marked: MarkedRow, _ fingerprint: Fingerprint) throws -> Admission {
        let row = marked.row
        guard let new = try ahead?.takeInserted(row.identity) ?? insert(marked, fingerprint) else {
            return try admitUnknown(marked)
        }
        sightings.note(new.id, at: row.position)
        if new.state == .held, !policy.retry.contains(.held) { return .skip }
        let link = Link(id: new.id, identity: row.identity, state: new.state, fingerprint: fingerprint)
        return .work(link, .inOrder)
    }

    /// Inserts a row; nothing where another worker has just done so.
    private mutating func insert(_ marked: MarkedRow, _ fingerprint: Fingerprint) throws -> NewLink? {
        let row = marked.row
        let state = try looksRenumbered(row, fingerprint) ? RowState.held : .pending
        let values: [any LedgerValueConvertible] = [
            row.identity.owner.kind.rawValue, row.identity.owner.key, row.identity.owner.id,
            row.identity.accountID, row.reference, state.rawValue, state.usualAction.rawValue,
            fingerprint.bytes, policy.now.milliseconds, policy.now.milliseconds, run,
            try number(of: row.position.file), row.position.line, marked.high, marked.low,
        ]
        if crew == nil { return NewLink(id: try database.insert(Self.insertion, .places(values)), state: state) }
        let id: Link.ID? = try database.value(
            Self.insertion + " ON CONFLICT DO NOTHING RETURNING id",
            .places(values)
        )
        return id.map { NewLink(id: $0, state: state) }
    }

    private static let insertion = """
        INSERT INTO links (owner_kind, owner_key, owner_id, account_id, reference, state, action, fingerprint,
            first_seen_at, updated_at, run, file, line, input_high, input_low)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    private func fingerprint(of row: InputRow) throws -> Fingerprint {
        if let ahead, ahead.knows(row.identity) { return ahead.fingerprint(of: row.credential) }
        return try ExchangeRecord.fingerprint(of: row.credential, keys, database)
    }

    private func find(_ identity: Identity) throws -> LedgerRow? {
        if let ahead, ahead.knows(identity) { return ahead.row(of: identity) }
        return try database.row(Self.search, [identity.owner.kind.rawValue, identity.owner.key, identity.accountID])
    }

    /// A new account with the owner, token and reference of an account linked by an earlier run: after update mode
    /// Plaid may have given the same bank account a new id.
    private func looksRenumbered(_ row: InputRow, _ fingerprint: Fingerprint) throws -> Bool {
        guard let reference = row.reference, !reference.isEmpty else { return false }
        let owner = row.identity.owner
        return try database.finds(
            """
            SELECT 1 FROM links WHERE owner_kind = :kind AND owner_key = :key AND fingerprint = :token
                AND reference = :reference AND \(LinkRecord.isLinked) AND \(earlier.condition) LIMIT 1
            """,
            [
                "kind": owner.kind.rawValue, "key": owner.key, "token": fingerprint.bytes, "reference": reference,
                "earlier": earlier.limit,
            ]
        )
    }

    private var earlier: EarlierWork {
        // What the workers of one time do is one run's work.
        crew.map { .before($0.since) } ?? .otherThan(run)
    }

    /// Keeps where the row stands now, under which reference, and what else the input says of it.
    private mutating func place(_ id: Link.ID, _ marked: MarkedRow, run: Int64?) throws {
        let row = marked.row
        try database.execute(
            """
            UPDATE links SET reference = ?, file = ?, line = ?, input_high = ?, input_low = ?, run = coalesce(?, run)
            WHERE id = ?
            """,
            [
                row.reference, try number(of: row.position.file), row.position.line, marked.high, marked.low, run, id,
            ]
        )
    }

    private mutating func number(of file: String) throws -> Int64 {
        if let known = fileNumbers[file] { return known }
        try database.execute("INSERT INTO files (path) VALUES (?) ON CONFLICT DO NOTHING", [file])
        let number: Int64 = try database.value("SELECT id FROM files WHERE path = ?", [file]) ?? 0
        fileNumbers[file] = number
        return number
    }
}
