/// What the plan of a cut-over asks of a ledger.
package protocol CutoverLedger: Sendable {
    /// Some owners with linked rows, after one of them, in a fixed order.
    func ownersWithLinks(after owner: Owner?, limit: Int) async throws -> [Owner]

    /// What the ledger has of an owner.
    func cutoverStanding(of owner: Owner) async throws -> CutoverStanding
}
