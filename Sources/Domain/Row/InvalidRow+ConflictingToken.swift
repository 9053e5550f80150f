extension InvalidRow {
    /// The problem of a row whose identity came before, at `first`, with another access token.
    package static func conflictingToken(_ row: InputRow, first: InputPosition) -> InvalidRow {
        InvalidRow(
            position: row.position,
            column: 1,
            reason: .conflictingToken,
            message: "line \(row.position.line) has another access token for the owner and account of line "
                + "\(first.line) of \(first.file), which stands: remove the wrong one",
            reference: row.reference,
            owner: row.identity.owner,
            accountID: row.identity.accountID
        )
    }
}
