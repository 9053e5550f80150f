package import Domain

extension LedgerWriter: RemovalLedger {
    package func standing(of order: RemovalOrder) async throws -> RemovalStanding {
        try await write { try RemovalRecord.standing(of: order, $0) }
    }

    package func commit(_ change: RemovalChange) async throws {
        // After a commit that failed nothing new leaves; what has left is still written down if it can be.
        if case .intended = change.step, let failure { throw failure }
        try await write { [self] database in
            let step = LinkStep(
                database: database,
                keys: keys,
                run: run,
                epoch: epoch,
                path: path,
                callTimeout: opening.callTimeout
            )
            try RemovalRecord(step).take(change)
        }
    }
}
