import Domain
import Synchronization

/// Keeps equal refusals in a row provisional, until a success shows that they are about rows and not about set-up.
final class RefusalStreaks: Sendable {
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
        let link: Link
        let settlement: Settlement
    }

    /// What a refusal did to its streak.
    private enum Note {
        case confirmed
        case kept
        case complete([Refused])
    }

    private struct State {
        var streaks: [Key: [Refused]] = [:]
        /// Refusals in a row that had to be recorded before it was known what they are about.
        var recorded: [Key: Int] = [:]
        var confirmed: Set<Key> = []
        /// Whether refusals stopped an earlier run with credentials that have worked, asked at the first of them.
        var aboutRows: [Key: Bool] = [:]
        var succeeded: Set<API> = []
        var hasStreaks: Bool { !streaks.isEmpty || !recorded.isEmpty }

        /// Adds to a streak; one that is complete is taken out, so that no other row judges it as well.
        mutating func note(_ refused: Refused, _ key: Key) -> Note {
            if confirmed.contains(key) { return .confirmed }
            let streak = streaks[key, default: []] + [refused]
            let count = streak.count + recorded[key, default: 0]
            let isComplete = count >= (succeeded.contains(key.api) ? limitAfter : limitBefore)
            streaks[key] = isComplete ? nil : streak
            return isComplete ? .complete(streak) : .kept
        }

        /// The streaks that a success of the API ends; of every API where none is named.
        mutating func takeAll(of api: API? = nil) -> [Refused] {
            // In an order that is the same in every process.
            let keys = streaks.keys.filter { api == nil || $0.api == api }.sorted { $0.stop < $1.stop }
            return keys.flatMap { streaks.removeValue(forKey: $0) ?? [] }
        }

        /// A success of the API shows what its refusals were about.
        mutating func end(of api: API) -> [Refused] {
            recorded = recorded.filter { $0.key.api != api }
            return takeAll(of: api)
        }

        /// All that is provisional, to be recorded without a success: the streaks go on.
        mutating func cutOff() -> [Refused] {
            for (key, streak) in streaks { recorded[key, default: 0] += streak.count }
            return takeAll()
        }
    }

    private let tools: RunTools
    private let control: RunControl
    private let state = Mutex(State())

    init(tools: RunTools, control: RunControl) {
        self.tools = tools
        self.control = control
    }

    /// Takes note of a row's refusal for good; says whether the row may be recorded with it at once.
    func refused(_ link: Link, by api: API, _ settlement: Settlement) async throws -> Bool {
        let key = Key(api: api, code: settlement.failure.code)
        switch state.withLock({ $0.note(Refused(link: link, settlement: settlement), key) }) {
        case .confirmed: return true
        case .kept: _ = try await isKnownToBeAboutRows(key)
        case .complete(let rows): try await judge(key, rows)
        }
        return false
    }

    /// Takes note of a success: what was refused by this API before is about the rows.
    func succeeded(_ api: API) async throws {
        let (isFirst, refused) = state.withLock { state in
            (state.succeeded.insert(api).inserted, state.hasStreaks ? state.end(of: api) : [])
        }
        if isFirst { try await tools.ledger.noteSuccess(of: api, at: tools.now()) }
        try await record(refused)
    }

    /// Records what is still provisional at the end of a run that nothing stopped.
    func finish() async throws {
        try await record(state.withLock { $0.cutOff() })
    }

    /// So many equal refusals are set-up, unless they stopped a run before and the credentials are known to work.
    private func judge(_ key: Key, _ rows: [Refused]) async throws {
        if try await isKnownToBeAboutRows(key) {
            state.withLock { _ = $0.confirmed.insert(key) }
            return try await record(rows)
        }
        let message = rows.last?.settlement.failure.message.map { ": \($0)" } ?? ""
        // First the stop and then the record of it, so that no more calls leave in the meantime.
        control.stop(
            .refused(
                "\(key.api.name) refused \(rows.count) rows in a row with \(key.code)\(message). That is set-up, not "
                    + "data: check the credentials, --env and the input, then run again."
            )
        )
        for row in rows {
            _ = try await tools.ledger.commit(LinkChange(row.link.id, .stoppedRun, at: tools.now()))
            release(row)
        }
        try await tools.ledger.noteStop(key.stop, of: key.api, at: tools.now())
    }

    private func isKnownToBeAboutRows(_ key: Key) async throws -> Bool {
        if let known = state.withLock({ $0.aboutRows[key] }) { return known }
        let hasStopped = try await tools.ledger.hasStoppedBefore(key.stop, of: key.api)
        let isAboutRows = try await tools.ledger.lastSuccess(of: key.api) != nil && hasStopped
        state.withLock { $0.aboutRows[key] = isAboutRows }
        return isAboutRows
    }

    private func record(_ rows: [Refused]) async throws {
        for row in rows {
            let change = LinkChange(row.link.id, .settled(row.settlement, orphaned: false), at: tools.now())
            _ = try await tools.ledger.commit(change)
            release(row)
        }
    }

    /// Other workers have had to leave the row alone as long as it was provisional.
    private func release(_ row: Refused) {
        tools.ledger.shared?.release(row.link.id, of: row.link.identity.owner)
    }
}
