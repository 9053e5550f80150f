import Domain

/// Keeps equal refusals in a row provisional, until a success shows that they are about rows and not about set-up.
actor RefusalStreaks {
    /// Equal refusals that stop a run before its first success, and after it.
    private static let limitBefore = 5
    private static let limitAfter = 20

    private struct Key: Hashable {
        let api: API
        let code: String

        /// What the ledger calls a stop by these refusals.
        var stop: String { "refusals:\(api.rawValue):\(code)" }
    }

    private struct Refused {
        let link: Link.ID
        let settlement: Settlement
    }

    private let tools: RunTools
    private let control: RunControl
    private var streaks: [Key: [Refused]] = [:]
    private var confirmed: Set<Key> = []
    /// Whether refusals stopped an earlier run with credentials that have worked, asked at the first of them.
    private var aboutRows: [Key: Bool] = [:]
    private var succeeded: Set<API> = []

    init(tools: RunTools, control: RunControl) {
        self.tools = tools
        self.control = control
    }

    /// Takes note of a row's refusal for good; says whether the row may be recorded with it at once.
    func refused(_ link: Link.ID, by api: API, _ settlement: Settlement) async throws -> Bool {
        let key = Key(api: api, code: settlement.failure.code)
        if confirmed.contains(key) { return true }
        streaks[key, default: []].append(Refused(link: link, settlement: settlement))
        let limit = succeeded.contains(api) ? Self.limitAfter : Self.limitBefore
        if streaks[key, default: []].count >= limit {
            try await judge(key)
        } else {
            _ = try await isKnownToBeAboutRows(key)
        }
        return false
    }

    /// Takes note of a success: what was refused by this API before is about the rows.
    func succeeded(_ api: API) async throws {
        if succeeded.insert(api).inserted { try await tools.ledger.noteSuccess(of: api, at: tools.now()) }
        for key in keys where key.api == api { try await record(key) }
    }

    /// Records what is still provisional at the end of a run that nothing stopped.
    func finish() async throws {
        for key in keys { try await record(key) }
    }

    /// In an order that is the same in every process.
    private var keys: [Key] { streaks.keys.sorted { $0.stop < $1.stop } }

    /// So many equal refusals are set-up, unless they stopped a run before and the credentials are known to work.
    private func judge(_ key: Key) async throws {
        // Taken out before the first suspension, so that no other row judges the same streak.
        let rows = streaks.removeValue(forKey: key) ?? []
        if try await isKnownToBeAboutRows(key) {
            confirmed.insert(key)
            return try await record(rows)
        }
        let message = rows.last?.settlement.failure.message.map { ": \($0)" } ?? ""
        // First the stop and then the record of it, so that no more calls leave in the meantime.
        await control.stop(
            .refused(
                "\(key.api.name) refused \(rows.count) rows in a row with \(key.code)\(message). That is set-up, not "
                    + "data: check the credentials, --env and the input, then run again."
            )
        )
        for row in rows { _ = try await tools.ledger.commit(LinkChange(row.link, .stoppedRun, at: tools.now())) }
        try await tools.ledger.noteStop(key.stop, of: key.api, at: tools.now())
    }

    private func isKnownToBeAboutRows(_ key: Key) async throws -> Bool {
        if let known = aboutRows[key] { return known }
        let hasStopped = try await tools.ledger.hasStoppedBefore(key.stop, of: key.api)
        let isAboutRows = try await tools.ledger.lastSuccess(of: key.api) != nil && hasStopped
        aboutRows[key] = isAboutRows
        return isAboutRows
    }

    private func record(_ key: Key) async throws {
        try await record(streaks.removeValue(forKey: key) ?? [])
    }

    private func record(_ rows: [Refused]) async throws {
        for row in rows {
            let change = LinkChange(row.link, .settled(row.settlement, orphaned: false), at: tools.now())
            _ = try await tools.ledger.commit(change)
        }
    }
}
