package import Domain

extension LedgerWriter: SharedLedger {
    package var shared: (any SharedLedger)? { crew == nil ? nil : self }

    package var lease: Duration { opening.lease ?? .zero }

    package func keepLease(now: @Sendable () -> Timestamp) async throws {
        guard let crew else { return }
        while true {
            // In real time, for it is the server that looks at the clock.
            guard (try? await Task.sleep(for: lease / 3)) != nil else { return }
            // Who was cut off for long comes back with everybody else, whose leases are as old as its own.
            let isAlert = crew.pulse.beat(within: lease)
            // A commit of any kind is a sign of life.
            if isAlert { try await endOverdue(at: now()) } else { try await write { _ in } }
        }
    }

    /// Puts in order what workers have left whose leases are over.
    ///
    /// - Throws: `LedgerError`, as where this worker itself was given up.
    package func endOverdue(at: Timestamp) async throws {
        let takeOver = TakeOver(run: run, at: at, callTimeout: opening.callTimeout, isShared: true)
        try await write { try WorkerRecord.endOverdueIfAny(takeOver, $0) }
    }

    package func readmit(_ rows: [PutOffRow], policy: AdmissionPolicy) async throws -> [Readmission] {
        guard let crew else { return [] }
        return try await write { [keys, run] database in
            try ReadmissionDesk(database: database, keys: keys, run: run, policy: policy, crew: crew).readmit(rows)
        }
    }

    package func claim(_ owners: [Owner]) async throws -> [Owner] {
        guard let crew else { return owners }
        return try await write { [run] database in
            let taken = try ClaimRecord(run: run, database: database).take(Set(owners))
            let free = owners.filter { taken[$0] != .elsewhere }
            for owner in owners { crew.claims.release(ClaimBook.wholeOwner, of: owner) }
            for owner in free { crew.claims.hold(ClaimBook.wholeOwner, of: owner) }
            return free
        }
    }

    package func release(_ owner: Owner) {
        crew?.claims.release(ClaimBook.wholeOwner, of: owner)
    }

    package func release(_ link: Link.ID, of owner: Owner) {
        crew?.claims.release(link, of: owner)
    }
}
