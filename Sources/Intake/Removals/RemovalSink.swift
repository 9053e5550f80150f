import Domain

/// Makes links to remove out of records.
struct RemovalSink: RecordSink {
    private var batch = RemovalBatch()

    /// What was taken since the last time, if anything.
    mutating func drain() -> RemovalBatch? {
        guard batch != RemovalBatch() else { return nil }
        defer { batch = RemovalBatch() }
        return batch
    }

    func check(_ header: FieldColumns, file: String) throws(IntakeError) {
        guard header.column(of: .linkedAccountID) != nil else {
            throw .noRemovalColumn(file: file, field: .linkedAccountID, found: header.names)
        }
        guard header.column(of: .customerID) != nil || header.column(of: .businessID) != nil else {
            throw .noRemovalColumn(file: file, field: .customerID, found: header.names)
        }
    }

    mutating func take(
        _ cells: Cells,
        raw: Span<UInt8>,
        decoded: Span<UInt8>,
        at position: InputPosition
    ) throws(RecordProblem) {
        let values = FieldValues(cells, raw: raw, decoded: decoded)
        try values.check()
        let link = FieldValue(.linkedAccountID, cells[.linkedAccountID], raw: raw, decoded: decoded)
        if let fault = link.fault { throw values.problem(fault.reason, at: fault.offset, fault.message) }
        guard let owner = values.owner else {
            let message = "customer_id is empty: without its owner no link is removed"
            throw values.problem(.missingValue, at: values.customer.offset, message)
        }
        guard let id = link.text else {
            let message = "linked_account_id is empty: the line names no link"
            throw values.problem(.missingValue, at: link.offset, message)
        }
        batch.orders.append(RemovalOrder(owner: owner, linkedAccountID: id))
    }

    mutating func refuse(_ row: InvalidRow) {
        batch.invalid.append(row)
    }
}
