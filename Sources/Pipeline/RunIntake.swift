import Domain

/// Thrown when the ledger fails while rows are taken in, to be told from a failure to read the input.
struct LedgerFault: Error {
    let cause: any Error
}

/// Takes the input into the ledger, and hands out what is to be tried.
struct RunIntake {
    private let tools: RunTools
    private let board: RunBoard
    private let putOff: PutOff
    private let elsewhere: Elsewhere
    private let policy: AdmissionPolicy

    init(tools: RunTools, board: RunBoard, putOff: PutOff, elsewhere: Elsewhere) {
        self.tools = tools
        self.board = board
        self.putOff = putOff
        self.elsewhere = elsewhere
        policy = AdmissionPolicy(now: tools.now(), recheck: tools.settings.recheck, retry: tools.settings.retry)
    }

    /// Takes a piece of the input in, and gives the rows of it to try, those with a token first.
    ///
    /// - Throws: `LedgerFault`.
    func takeIn(_ batch: RowBatch, _ rows: [MarkedRow]) async throws -> [WorkItem] {
        do {
            return try await admit(batch, rows)
        } catch {
            throw LedgerFault(cause: error)
        }
    }

    private func admit(_ batch: RowBatch, _ rows: [MarkedRow]) async throws -> [WorkItem] {
        var invalid = batch.invalid
        var leftOut = 0
        var first: [WorkItem] = []
        var inOrder: [WorkItem] = []
        let admissions = rows.isEmpty ? [] : try await tools.ledger.admit(rows, policy: policy)
        for (row, admission) in zip(batch.rows, admissions) {
            if let link = admission.linkToTry, isLeftOut(row) {
                leftOut += 1
                tools.ledger.shared?.release(link.id, of: link.identity.owner)
                continue
            }
            switch admission {
            case .work(let link, .first): first.append(WorkItem(link: link, row))
            case .work(let link, .inOrder): inOrder.append(WorkItem(link: link, row))
            case .work(let link, .last): keepForTheEnd(WorkItem(link: link, row))
            case .reconcile(let link): keepDoubted(WorkItem(link: link, row))
            case .elsewhere(let link): elsewhere.keep(WorkItem(link: link, row))
            case .skip: board.count { $0.skipped += 1 }
            case .duplicate: board.count { $0.duplicate += 1 }
            case .conflict(let position): invalid.append(.conflictingToken(row, first: position))
            }
        }
        count(admissions, of: batch, invalid: invalid.count, leftOut: leftOut)
        try await tools.ledger.record(invalid)
        return first + inOrder
    }

    private func count(_ admissions: [Admission], of batch: RowBatch, invalid: Int, leftOut: Int) {
        board.count { rows in
            rows.invalid += invalid
            rows.skipped += batch.excluded
            rows.unreached += leftOut
        }
        let tried = admissions.count { admission in
            switch admission {
            case .work, .reconcile, .elsewhere: true
            case .skip, .duplicate, .conflict: false
            }
        }
        board.countTaken { intake in
            intake.taken += batch.rows.count + batch.invalid.count + batch.excluded - leftOut
            intake.toTry += tried - leftOut
            intake.leftOut += leftOut
        }
    }

    private func isLeftOut(_ row: InputRow) -> Bool {
        tools.settings.sample.map { row.identity.lot >= $0 } ?? false
    }

    private func keepForTheEnd(_ item: WorkItem) {
        if !putOff.keep(item) { board.count { $0.unreached += 1 } }
    }

    /// The row has been asked about when the run began, and is asked about once more at its end.
    private func keepDoubted(_ item: WorkItem) {
        guard board.start(limit: tools.settings.limit) else {
            board.count { $0.unreached += 1 }
            return
        }
        board.count { $0.attempted += 1 }
        putOff.keepDoubted(item)
    }
}
