package import Domain
import GRDB

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
