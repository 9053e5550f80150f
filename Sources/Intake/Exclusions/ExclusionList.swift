package import Domain

/// Rows that are to be left out of a run.
///
/// A line with an owner and an account leaves out that identity; with one of them, all of its rows; a reference counts
/// where neither is given.
package struct ExclusionList: Sendable, Equatable {
    private var identities: Set<Identity> = []
    private var owners: Set<Owner> = []
    private var accountIDs: Set<String> = []
    private var references: Set<String> = []

    package init() {}

    /// Reads a list in any format and with any column names that rows may have, without their tokens.
    ///
    /// Throws an `IntakeError` where any line of it cannot be used: half a list would let wrong rows through.
    package init<Source: ByteSource>(name: String, source: Source, delimiter: UInt8? = nil) async throws {
        var records = RecordReader(file: name, source: source, columns: [:], delimiter: delimiter)
        var sink = ExclusionSink()
        while try await records.next(into: &sink) {
            if let problem = sink.problem { throw IntakeError.badExclusion(problem) }
        }
        self = sink.list
    }

    /// Whether `row` is to be left out.
    package func contains(_ row: InputRow) -> Bool {
        contains(row.identity, reference: row.reference)
    }

    /// Whether `invitee` is to be left out.
    package func contains(_ invitee: Invitee) -> Bool {
        contains(invitee.identity, reference: invitee.reference)
    }

    /// Whether `adoption` is to be left out.
    package func contains(_ adoption: Adoption) -> Bool {
        contains(adoption.identity, reference: adoption.reference)
    }

    private func contains(_ identity: Identity, reference: String?) -> Bool {
        identities.contains(identity) || owners.contains(identity.owner) || accountIDs.contains(identity.accountID)
            || reference.map(references.contains) ?? false
    }

    /// Adds what a line says; false where it says nothing.
    mutating func add(owner: Owner?, accountID: String?, reference: String?) -> Bool {
        switch (owner, accountID, reference) {
        case (let owner?, let accountID?, _): identities.insert(Identity(owner: owner, accountID: accountID))
        case (let owner?, nil, _): owners.insert(owner)
        case (nil, let accountID?, _): accountIDs.insert(accountID)
        case (nil, nil, let reference?): references.insert(reference)
        case (nil, nil, nil): return false
        }
        return true
    }
}
