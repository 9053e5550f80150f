import Domain

/// A row that has just been added to the ledger.
struct NewLink {
    let id: Link.ID
    let state: RowState
}
