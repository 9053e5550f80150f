package import Domain
import Synchronization

extension LedgerWriter: InvitationLedger {
    package func admit(_ invitees: [Invitee], policy: InvitationPolicy) async throws -> [InvitationAdmission] {
        try await write { [keys, run] database in
            let desk = InvitationDesk(database: database, keys: keys, run: run, policy: policy)
            return try invitees.map { try desk.admit($0) }
        }
    }

    package func commit(
        _ change: InvitationChange,
        of invitation: Invitation.ID,
        requestID: String?,
        at: Timestamp
    ) async throws {
        try await write { [keys] database in
            try InvitationRecord.take(change, of: invitation, requestID: requestID, at: at, keys: keys, database)
        }
    }

    package func polls(of invitees: [Invitee], at: Timestamp) async throws -> [InvitationPoll] {
        try await write { [keys] database in
            try invitees.map { try InvitationRecord.poll($0, at: at, keys, database) }
        }
    }

    package func end(_ endings: [(id: Invitation.ID, ending: InvitationEnding)], at: Timestamp) async throws {
        guard !endings.isEmpty else { return }
        try await write { database in
            for (id, ending) in endings { try InvitationRecord.end(id, ending, at: at, database) }
        }
    }

    package func state(of identity: Identity) async throws -> (state: RowState, code: String?)? {
        try await write { database in
            let row = try database.row(
                "SELECT state, error_code FROM links WHERE owner_kind = ? AND owner_key = ? AND account_id = ?",
                [identity.owner.kind.rawValue, identity.owner.key, identity.accountID]
            )
            guard let row, let state = RowState(rawValue: try row.value("state")) else { return nil }
            return (state, try row.value("error_code"))
        }
    }

    package func beginInput() async {
        sightings.withLock { $0 = Sightings() }
    }

    package func admitGuests(_ invitees: [Invitee], policy: InvitationPolicy) async throws -> [GuestAdmission] {
        try await write { [keys, run] database in
            let desk = InvitationDesk(database: database, keys: keys, run: run, policy: policy)
            return try invitees.map { try desk.admitGuest($0) }
        }
    }

    package func exchangedRows(after link: Link.ID, limit: Int) async throws -> [(link: Link.ID, row: InputRow)] {
        try await write { [keys] in try ExchangeRecord.open(after: link, limit: limit, keys, $0) }
    }

    /// Some of the invitations that this run met in its input, with their tokens.
    ///
    /// - Parameters:
    ///   - id: Those after this one; they are in the order in which they were first met.
    ///   - limit: So many at most.
    /// - Returns: None at the end.
    /// - Throws: `LedgerError`.
    package func invitations(after id: Invitation.ID, limit: Int) async throws -> [Invitation] {
        try await write { [keys, run] database in
            try InvitationRecord.fetch(run: run, after: id, limit: limit, keys: keys, database)
        }
    }
}
