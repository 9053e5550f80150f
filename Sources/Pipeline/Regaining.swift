import Domain

/// Takes rows up again that were put off, in a ledger that other workers work on: what is true of them now, it says.
struct Regaining {
    /// What became of the rows; those that are done with are not among them.
    struct Rows {
        var free: [WorkItem] = []
        var elsewhere: [WorkItem] = []
        /// Their owners have a row in doubt.
        var blocked: [WorkItem] = []
    }

    private static let piece = 512

    let tools: RunTools
    let board: RunBoard

    /// Asks for the rows; those that others are done with are counted as skipped, unless they were counted before.
    ///
    /// - Throws: What the ledger throws.
    func regain(_ items: [WorkItem], areCounted: Bool = false) async throws -> Rows {
        guard let ledger = tools.ledger.shared else { return Rows(free: items) }
        let settings = tools.settings
        let policy = AdmissionPolicy(now: tools.now(), recheck: settings.recheck, retry: settings.retry)
        var rows = Rows()
        for start in stride(from: 0, to: items.count, by: Self.piece) {
            let piece = items[start..<min(items.count, start + Self.piece)]
            let asked = piece.map { PutOffRow(link: $0.link.id, owner: $0.owner, credential: $0.credential) }
            for (item, answer) in zip(piece, try await ledger.readmit(asked, policy: policy)) {
                switch answer {
                case .free(let link): rows.free.append(item.with(link))
                case .elsewhere: rows.elsewhere.append(item)
                case .blocked: rows.blocked.append(item)
                case .done: if !areCounted, !item.isRepeat { board.count { $0.skipped += 1 } }
                }
            }
        }
        return rows
    }
}
