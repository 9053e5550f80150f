package import Domain

extension LedgerWriter: AdoptionLedger {
    package func standings(of adoptions: [Adoption]) async throws -> [AdoptionStanding] {
        try await write { database in try adoptions.map { try AdoptionRecord.standing(of: $0, database) } }
    }

    package func adopt(
        _ confirmed: [ConfirmedAdoption],
        _ listing: Attempt,
        at: Timestamp
    ) async throws -> [AdoptionVerdict] {
        // After a commit that failed nothing more is taken over.
        if let failure { throw failure }
        return try await write { [self] database in
            let step = LinkStep(
                database: database,
                keys: keys,
                run: run,
                epoch: epoch,
                path: path,
                callTimeout: opening.callTimeout
            )
            let record = AdoptionRecord(step)
            return try confirmed.map { try record.adopt($0, listing, at: at) }
        }
    }
}
