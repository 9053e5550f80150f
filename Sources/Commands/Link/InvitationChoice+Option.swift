import Domain

extension InvitationChoice {
    /// What stands for the rows that `items check` found in need of their user.
    private static let unhealthy = "unhealthy"

    /// Reads `--from-ledger`; nothing means everybody.
    ///
    /// - Throws: `CommandFailure` 64 where it names no states.
    init(fromLedger text: String?) throws {
        guard let text else {
            self = .all
            return
        }
        let names = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        let states = names.compactMap { RowState(rawValue: $0) }.filter { $0 != .invalid }
        let unhealthy = names.count { $0 == Self.unhealthy }
        guard !names.isEmpty, states.count + unhealthy == names.count else {
            let known = RowState.allCases.filter { $0 != .invalid }.map(\.rawValue) + [Self.unhealthy]
            throw CommandFailure(
                .usage,
                "--from-ledger \(text) names no states: there are \(known.joined(separator: ", "))."
            )
        }
        self = .only(Set(states), unhealthy: unhealthy > 0)
    }
}
