import Domain

/// Makes links to remove out of the approved lines of a plan.
struct CutoverSink: RecordSink {
    private var batch = RemovalBatch()

    /// What was taken since the last time, if anything.
    mutating func drain() -> RemovalBatch? {
        guard batch != RemovalBatch() else { return nil }
        defer { batch = RemovalBatch() }
        return batch
    }

    func check(_ header: FieldColumns, file: String) throws(IntakeError) {
        try header.checkOwner(mayBeBusiness: true, file: file)
        for field in [InputField.oldLinkedAccountID, .newLinkedAccountID, .approve]
        where header.column(of: field) == nil {
            throw .noPlanColumn(file: file, field: field, found: header.names)
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
        let old = FieldValue(.oldLinkedAccountID, cells[.oldLinkedAccountID], raw: raw, decoded: decoded)
        let new = FieldValue(.newLinkedAccountID, cells[.newLinkedAccountID], raw: raw, decoded: decoded)
        let approval = FieldValue(.approve, cells[.approve], raw: raw, decoded: decoded)
        if let fault = old.fault ?? new.fault ?? approval.fault {
            throw values.problem(fault.reason, at: fault.offset, fault.message)
        }
        guard try isApproved(approval, values) else {
            batch.unapproved += 1
            return
        }
        let owner = try values.oneOwner(mayBeBusiness: true)
        guard let id = old.text else {
            throw values.problem(
                .missingValue,
                at: old.offset,
                "old_linked_account_id is empty: the line names no link"
            )
        }
        guard let replacement = new.text else {
            let message =
                "new_linked_account_id is empty: say which new link takes the old one's place, or do not approve"
            throw values.problem(.missingValue, at: new.offset, message)
        }
        batch.orders.append(RemovalOrder(owner: owner, linkedAccountID: id, replacement: replacement))
    }

    mutating func refuse(_ row: InvalidRow) {
        batch.invalid.append(row)
    }

    /// Whether a person wrote yes; a word that is neither yes nor no is not guessed at.
    private func isApproved(_ approval: FieldValue, _ values: FieldValues) throws(RecordProblem) -> Bool {
        switch approval.text?.lowercased() {
        case "yes": return true
        case "no", nil: return false
        default:
            throw values.problem(.wrongType, at: approval.offset, "approve is neither yes, no nor empty")
        }
    }
}
