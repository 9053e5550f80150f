/// What a worker asks of a ledger that others work on at the same time.
///
/// An owner whose rows are worked on is in the hands of one worker. Taking rows in takes their owners in hand; each row
/// that is to be tried needs its `release` afterwards.
package protocol SharedLedger: Sendable {
    /// How long this worker is believed to be at work without a sign of life; each commit is one.
    var lease: Duration { get }

    /// Gives signs of life, and puts in order what workers have left that gave none for too long; until it is cancelled.
    ///
    /// - Parameter now: This machine's clock.
    /// - Throws: What the ledger throws, as where this worker itself was given up.
    func keepLease(now: @Sendable () -> Timestamp) async throws

    /// Takes rows up again that were put off; in the same order.
    func readmit(_ rows: [PutOffRow], policy: AdmissionPolicy) async throws -> [Readmission]

    /// Takes owners in hand whose doubts are to be settled, and gives those whom no other worker has.
    func claim(_ owners: [Owner]) async throws -> [Owner]

    /// Gives an owner back who was claimed.
    func release(_ owner: Owner)

    /// Gives a row's owner back, once nothing more will be recorded of the row.
    func release(_ link: Link.ID, of owner: Owner)
}
