import Domain

/// Makes a list of rows to leave out of records.
struct ExclusionSink: RecordSink {
    private(set) var list = ExclusionList()
    /// The first line that cannot be used.
    private(set) var problem: InvalidRow?

    func check(_ columns: FieldColumns, file: String) throws(IntakeError) {
        let usable = columns.wanted.contains { !$0.field.isToken }
        if !usable { throw .noExclusionColumn(file: file, found: columns.names) }
    }

    mutating func take(
        _ cells: Cells,
        raw: Span<UInt8>,
        decoded: Span<UInt8>,
        at position: InputPosition
    ) throws(RecordProblem) {
        let values = FieldValues(cells, raw: raw, decoded: decoded)
        try values.check()
        let isUsable = list.add(
            owner: values.owner,
            accountID: values.account.text,
            reference: values.reference.text
        )
        if !isUsable {
            let message = "the line names no row: give an owner, an account_id or a reference"
            throw values.problem(.missingValue, at: values.customer.offset, message)
        }
    }

    mutating func refuse(_ row: InvalidRow) {
        problem = problem ?? row
    }
}
