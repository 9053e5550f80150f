/// What a run keeps and asks of its ledger.
///
/// Every `async` write returns once it is durable.
package protocol RunLedger: Sendable {
    /// Marks rows, before they are taken in; nothing is asked of the database for it.
    func marked(_ rows: [InputRow]) -> [MarkedRow]

    /// Takes rows in: finds or adds each, and says what this run does with it, in the same order.
    func admit(_ rows: [MarkedRow], policy: AdmissionPolicy) async throws -> [Admission]

    /// The same ledger as one that other workers work on, too; nothing where this run has it alone.
    var shared: (any SharedLedger)? { get }

    /// Keeps the run's invalid rows for the report.
    func record(_ rows: [InvalidRow]) async throws

    /// The ledger's number for this run, which processor tokens made in it carry.
    var run: Int64 { get }

    /// Commits one step of a row's life; steps that wait together are committed together.
    func commit(_ change: LinkChange) async throws -> CommitResult

    /// What is known of a public token's exchange; nothing where there was none.
    func exchange(of publicToken: Secret) async throws -> Exchange?

    /// The row as it is now.
    func link(_ id: Link.ID) async throws -> Link

    /// The owners with rows in doubt, in the order in which they fell into it.
    func ownersInDoubt() async throws -> [Owner]

    /// An owner's rows in doubt.
    func doubts(of owner: Owner) async throws -> [Doubt]

    /// Which of these Bond ids any row owns.
    func owned(among linkedAccountIDs: [String]) async throws -> Set<String>

    /// The newest link that Bond answered a POST with.
    func newestProof() async throws -> ListingProof?

    /// When these credentials of an API last had a success, on record.
    func lastSuccess(of api: API) async throws -> Timestamp?

    /// Notes that the credentials of an API have had a success.
    func noteSuccess(of api: API, at: Timestamp) async throws

    /// Whether an earlier run with these credentials ended in this stop.
    func hasStoppedBefore(_ stop: String, of api: API) async throws -> Bool

    /// Notes that this run ends in this stop.
    func noteStop(_ stop: String, of api: API, at: Timestamp) async throws

    /// The rates at which the APIs last began to refuse calls, in calls a second; none where they refuse nothing.
    func learnedRates() async throws -> [API: Double]

    /// Keeps these rates, and no others, for the next run.
    func noteLearned(_ rates: [API: Double], at: Timestamp) async throws

    /// The rows of this run's input by state.
    func statesOfInput() async throws -> [RowState: Int]
}

/// What became of a step that the ledger took.
package enum CommitResult: Sendable, Equatable {
    case done
    /// Bond answered with the id of a link that another row owns: the row is in doubt in place of linked.
    case ownedElsewhere
}

extension RunLedger {
    package var shared: (any SharedLedger)? { nil }

    /// Marks rows and takes them in.
    package func admit(_ rows: [InputRow], policy: AdmissionPolicy) async throws -> [Admission] {
        try await admit(marked(rows), policy: policy)
    }
}
