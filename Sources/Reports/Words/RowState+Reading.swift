import Domain

extension RowState {
    /// The states in the order in which a reader wants them: what is done, what needs somebody, what goes on by itself.
    static let reading: [RowState] = [
        .linked, .needsUser, .inDoubt, .rejected, .invalid, .held, .unlinked, .retryable, .pending, .minted, .posting,
    ]
}
